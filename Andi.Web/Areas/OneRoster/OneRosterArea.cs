using Andi.Security;
using Microsoft.Extensions.Localization;

namespace Andi.Web.Areas.OneRoster;

/// <summary>Exports of student information systems: sets of OneRoster 1.1 CSV files.</summary>
internal sealed class OneRosterArea : WebArea
{
    public override string Name => "oneroster";

    public override IEnumerable<UploadKind> Uploads(Caller visitor, IServiceProvider services)
    {
        if (visitor.Role is Roles.Admin or Roles.Service)
        {
            var text = services.GetRequiredService<IStringLocalizer<OneRosterTexts>>();
            yield return new UploadKind("oneroster", text["Set"]) { IsSet = true, Parameter = ("stateId", text["State"]) };
        }
    }
}
