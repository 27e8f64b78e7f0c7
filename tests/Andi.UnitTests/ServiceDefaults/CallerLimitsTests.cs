using System.Net;
using System.Text.Json;
using Andi.Limits;
using Andi.Security;
using Microsoft.AspNetCore.Builder;

namespace Andi.UnitTests.ServiceDefaults;

/// <summary>A service that allows three requests at once and one a second of people, and answers one heavy question while one more may wait.</summary>
public sealed class CallerLimitsTests : IAsyncLifetime
{
    private readonly TaskCompletionSource _release = new();
    private readonly SemaphoreSlim _entered = new(0);
    private RunningService _service = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _service = await RunningService.StartAsync(
        builder =>
        {
            foreach (var (name, value) in new[]
            {
                ("RequestsPerSecond", 1), ("Burst", 3), ("AnonymousRequestsPerSecond", 1), ("AnonymousBurst", 3),
                ("HeavyQuestions", 1), ("HeavyQuestionsWaiting", 1),
            })
            {
                builder.Configuration[$"Limits:{name}"] = $"{value}";
            }
        },
        app =>
        {
            var things = app.MapGroup("").RequireAuthorization(policy => policy.RequireAuthenticatedUser());
            things.MapGet("/things", () => "things");
            things.MapGet("/heavy", (CancellationToken gone) => HeavyAsync(gone)).IsHeavy();
        });

    public async ValueTask DisposeAsync()
    {
        _release.TrySetResult();
        await _service.DisposeAsync();
        _entered.Dispose();
    }

    [Fact]
    public async Task Caller_who_asks_too_often_waits_and_others_do_not()
    {
        var eager = _service.Token(Roles.Analyst, subject: "eager");
        var statuses = new List<HttpStatusCode>();
        for (var number = 0; number < 3; number++)
        {
            statuses.Add(await StatusAsync("/things", eager));
        }

        statuses.ShouldAllBe(status => status == HttpStatusCode.OK);
        // As many as the second that this takes at most has given back.
        using var refused = await RefusedAsync(eager, HttpStatusCode.TooManyRequests);
        refused.Headers.RetryAfter!.Delta!.Value.ShouldBeInRange(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2));
        (await TitleAsync(refused)).ShouldBe("Too many requests.");
        // Another token of the same subject is the same caller; another subject is another one.
        (await StatusAsync("/things", _service.Token(Roles.Analyst, subject: "eager"))).ShouldBe(HttpStatusCode.TooManyRequests);
        (await StatusAsync("/things", _service.Token(Roles.Analyst, subject: "calm"))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/health", eager)).ShouldBe(HttpStatusCode.OK);

        await Task.Delay(refused.Headers.RetryAfter!.Delta!.Value + TimeSpan.FromMilliseconds(200), Cancellation);
        (await StatusAsync("/things", eager)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Failed_sign_ins_are_limited_by_address_and_do_not_lock_out_who_has_a_token()
    {
        using var refused = await RefusedAsync("no token", HttpStatusCode.TooManyRequests);

        refused.Headers.RetryAfter.ShouldNotBeNull();
        (await StatusAsync("/things", _service.Token(Roles.Analyst))).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/health", null)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync("/alive", null)).ShouldBe(HttpStatusCode.OK);
    }

    [Theory]
    [InlineData(Roles.Admin)]
    [InlineData(Roles.Service)]
    public async Task Programs_and_administrators_have_no_such_limit(string role)
    {
        var token = _service.Token(role);
        for (var number = 0; number < 30; number++)
        {
            (await StatusAsync("/things", token)).ShouldBe(HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task Heavy_questions_wait_for_each_other_and_those_that_cannot_wait_are_told_to_come_again()
    {
        var token = _service.Token();
        var first = StatusAsync("/heavy", token);
        await _entered.WaitAsync(Cancellation);
        // Of two more, one waits and the other finds no place to.
        var more = new List<Task<HttpResponseMessage>> { _service.GetAsync("/heavy", token), _service.GetAsync("/heavy", token) };
        var refused = await Task.WhenAny(more);
        more.Remove(refused);

        using (var response = await refused)
        {
            response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            response.Headers.RetryAfter.ShouldNotBeNull();
            (await TitleAsync(response)).ShouldBe("Too many heavy questions.");
        }

        (await StatusAsync("/things", token)).ShouldBe(HttpStatusCode.OK);
        _entered.CurrentCount.ShouldBe(0);
        _release.SetResult();
        (await first).ShouldBe(HttpStatusCode.OK);
        using var waited = await more[0];
        waited.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    private async Task<string> HeavyAsync(CancellationToken gone)
    {
        _entered.Release();
        await _release.Task.WaitAsync(gone);
        return "heavy";
    }

    // How many are allowed until then depends on how long it takes.
    private async Task<HttpResponseMessage> RefusedAsync(string token, HttpStatusCode status)
    {
        for (var number = 0; number < 100; number++)
        {
            var response = await _service.GetAsync("/things", token);
            if (response.StatusCode == status)
            {
                return response;
            }

            response.Dispose();
        }

        throw new InvalidOperationException("A hundred requests were allowed.");
    }

    private static async Task<string?> TitleAsync(HttpResponseMessage response)
    {
        response.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancellation)).RootElement.GetProperty("title").GetString();
    }

    private async Task<HttpStatusCode> StatusAsync(string path, string? token)
    {
        using var response = await _service.GetAsync(path, token);
        return response.StatusCode;
    }
}
