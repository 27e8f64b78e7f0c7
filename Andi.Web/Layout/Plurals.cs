using System.Globalization;
using Microsoft.Extensions.Localization;

namespace Andi.Web.Layout;

/// <summary>
/// Texts that hold a number: <c>Students_one</c> for one of a thing, <c>Students_other</c> for any other number, as English, German and Spanish do.
/// </summary>
internal static class Plurals
{
    /// <param name="name">Of the text, without its ending.</param>
    /// <param name="count">Stands for <c>{0}</c> in the text.</param>
    /// <param name="further">What <c>{1}</c> and so on stand for.</param>
    public static string Count(this IStringLocalizer text, string name, long count, params object[] further) =>
        text[$"{name}_{(count == 1 ? "one" : "other")}", [count.ToString("N0", CultureInfo.CurrentCulture), .. further]];
}
