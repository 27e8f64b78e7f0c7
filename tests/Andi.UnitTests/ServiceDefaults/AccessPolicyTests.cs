using System.Net;
using System.Net.Http.Headers;
using Andi.Security;
using Andi.Topology;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.UnitTests.ServiceDefaults;

public sealed class AccessPolicyTests
{
    private static readonly AccessPolicy Policy = new(
    [
        new(Roles.Teacher, "grades", Actions.Read | Actions.List),
        new(Roles.Teacher, "grades", Actions.Write),
        new(Roles.Analyst, "grades", Actions.List),
    ]);

    [Theory]
    [InlineData(Roles.Teacher, Actions.Read, true)]
    [InlineData(Roles.Teacher, Actions.Read | Actions.Write, true)]
    [InlineData(Roles.Analyst, Actions.List, true)]
    [InlineData(Roles.Analyst, Actions.List | Actions.Read, false)]
    [InlineData(Roles.Service, Actions.Read, false)]
    [InlineData(Roles.Admin, Actions.Read | Actions.List | Actions.Write, true)]
    public void Rows_of_a_role_add_up_and_an_admin_needs_none(string role, Actions actions, bool allowed) =>
        Policy.Allows(role, "grades", actions).ShouldBe(allowed);

    [Fact]
    public async Task Endpoint_without_a_need_answers_403_even_to_an_admin()
    {
        var key = "";
        await using var service = await RunningService.StartAsync(
            builder =>
            {
                key = builder.Configuration[SettingNames.SigningKeyFile]!;
                builder.Services.AddSingleton(Policy);
            },
            app =>
            {
                app.MapGet("/forgotten", () => "").RequireAuthorization();
                app.MapGet("/{kind}", () => "").RequireAuthorization().Needs(Actions.List, "{kind}");
            });
        service.Http.DefaultRequestHeaders.Authorization = Bearer(Roles.Admin, null);
        (await service.Http.GetAsync("/forgotten", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        service.Http.DefaultRequestHeaders.Authorization = Bearer(Roles.Analyst, null);
        (await service.Http.GetAsync("/grades", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await service.Http.GetAsync("/names", TestContext.Current.CancellationToken)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        AuthenticationHeaderValue Bearer(string role, string? scope) =>
            new("Bearer", BearerToken.Create(SigningKey.Read(key), role, scope, TimeProvider.System.GetUtcNow() + TimeSpan.FromHours(1)));
    }
}
