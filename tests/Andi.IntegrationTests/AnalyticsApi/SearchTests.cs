using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Andi.Audit;
using Andi.IntegrationTests.Oltp.Audit;
using Andi.Security;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Logging;
using Row = System.Collections.Generic.Dictionary<string, object?>;

namespace Andi.IntegrationTests.AnalyticsApi;

/// <summary>
/// The search over <see cref="World"/>, whose students Pupil 1 to 9 are in school C1, and one of another name in C3. P9 is in a class of T3, who gave P6 a
/// score.
/// </summary>
public sealed class SearchTests(AnalyticsApiFixture api) : IClassFixture<AnalyticsApiFixture>, IAsyncLifetime
{
    private const string Secret = "Perpetua";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        if ((await FindAsync(api.Http, "P20")).Count > 0)
        {
            return;
        }

        await api.World.PutAsync("classes", Cancel, new Row
        {
            ["class_id"] = "K1",
            ["name"] = "K1",
            ["school_id"] = "C2",
            ["teacher_id"] = "T3",
            ["subject"] = null,
            ["school_year"] = "2025-2026",
        });
        await api.World.PutAsync(
            "enrollments", Cancel,
            new Row { ["class_id"] = "K1", ["student_id"] = "P9", ["from_date"] = World.Today, ["to_date"] = null });
        await api.World.PutAsync("students", Cancel, new Row(World.Student("P20", "Zo\u00EB Hillman")) { ["school_id"] = "C3" });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData("hill", "school C1 Hill in Northside; student P20 Zo\u00EB Hillman in Mill")]
    [InlineData("P2", "student P2 Pupil 2 in Hill; student P20 Zo\u00EB Hillman in Mill")]
    [InlineData("  p20 ", "student P20 Zo\u00EB Hillman in Mill")]
    [InlineData("ZOE", "student P20 Zo\u00EB Hillman in Mill")]
    [InlineData("zo\u00EB", "student P20 Zo\u00EB Hillman in Mill")]
    [InlineData("zoe\u0308 H", "student P20 Zo\u00EB Hillman in Mill")]
    [InlineData("side", "district D1 Northside in ST; district D2 Southside in ST")]
    [InlineData("ms", "classroom T1 Ms. Ada in Hill; classroom T3 Ms. Cy in Lake")]
    [InlineData("reading", "test X2 Spring reading in reading")]
    [InlineData("upil 3", "student P3 Pupil 3 in Hill")]
    [InlineData("%", "")]
    [InlineData("nothing like it", "")]
    public async Task Best_matches_come_first(string text, string expected) =>
        string.Join(
            "; ",
            (await FindAsync(api.Http, text)).Select(item => $"{Text(item, "kind")} {Text(item, "id")} {Text(item, "name")} in {Text(item, "within")}"))
            .ShouldBe(expected);

    [Theory]
    [InlineData(Roles.Teacher, "T1", "P1 P2 P3 P4")]
    [InlineData(Roles.Teacher, "T3", "P6 P9")]
    [InlineData(Roles.Teacher, "nobody", "")]
    [InlineData(Roles.SchoolAdmin, "C1", "P1 P2 P3 P4 P5 P6 P7 P8 P9")]
    [InlineData(Roles.SchoolAdmin, "C3", "")]
    [InlineData(Roles.DistrictAdmin, "D1", "P1 P2 P3 P4 P5 P6 P7 P8 P9")]
    [InlineData(Roles.DistrictAdmin, "D2", "")]
    [InlineData(Roles.DistrictAdmin, "nowhere", "")]
    [InlineData(Roles.StateAdmin, "ST", "P1 P2 P3 P4 P5 P6 P7 P8 P9")]
    [InlineData(Roles.Analyst, null, "")]
    [InlineData(Roles.Analyst, "C1", "")]
    public async Task Students_that_are_found_are_the_callers_own(string role, string? scope, string expected)
    {
        using var caller = api.Client(role, scope);
        Ids(await FindAsync(caller, "pupil"), kind => kind == "student").ShouldBe(expected);
        (await FindAsync(caller, "pupil")).ShouldAllBe(item => Text(item, "kind") == "student");
    }

    [Theory]
    [InlineData(Roles.Teacher, "T4", "C3 D2 T4 X1 X2")]
    [InlineData(Roles.Teacher, "T1", "C1 D1 X1 X2")]
    [InlineData(Roles.SchoolAdmin, "C3", "C3 D2 T4 X1 X2")]
    [InlineData(Roles.DistrictAdmin, "D1", "C1 D1 X1 X2")]
    [InlineData(Roles.StateAdmin, "ST", "C1 C3 D1 D2 T4 X1 X2")]
    [InlineData(Roles.StateAdmin, "nowhere", "X1 X2")]
    [InlineData(Roles.Analyst, null, "C1 C3 D1 D2 T4 X1 X2")]
    [InlineData(Roles.Analyst, "D2", "C3 D2 T4 X1 X2")]
    public async Task Places_that_are_found_are_those_that_are_listed(string role, string? scope, string expected)
    {
        using var caller = api.Client(role, scope);
        Ids(await FindAsync(caller, "i"), kind => kind != "student").ShouldBe(expected);
    }

    [Theory]
    [InlineData("/v1/search", "q")]
    [InlineData("/v1/search?q=", "q")]
    [InlineData("/v1/search?q=%20%20", "q")]
    [InlineData("/v1/search?q=a&limit=0", "limit")]
    [InlineData("/v1/search?q=a&limit=101", "limit")]
    [InlineData("/v1/search?q=a&limit=many", "limit")]
    [InlineData("/v1/search?q=a&kind=school", "kind")]
    public async Task What_is_wrong_is_named(string path, string field)
    {
        using var answer = await api.Http.GetAsync(path, Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonDocument.Parse(await answer.Content.ReadAsStringAsync(Cancel)).RootElement.GetProperty("errors").EnumerateObject().ShouldHaveSingleItem()
            .Name.ShouldBe(field);
    }

    [Fact]
    public async Task Longest_text_is_a_hundred_characters_and_the_limit_is_kept()
    {
        (await FindAsync(api.Http, new string('x', 100))).ShouldBeEmpty();
        using var longer = await api.Http.GetAsync($"/v1/search?q={new string('x', 101)}", Cancel);
        longer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        using var answer = await api.Http.GetAsync("/v1/search?q=pupil&limit=2", Cancel);
        Ids(Items(await answer.Content.ReadAsStringAsync(Cancel)), _ => true).ShouldBe("P1 P2");
    }

    [Fact]
    public async Task Students_that_were_found_are_noted_and_places_are_not()
    {
        using var caller = api.Client(Roles.SchoolAdmin, "C1", "admin:search");
        foreach (var text in new[] { "pupil", "hill", "nobody like that" })
        {
            await FindAsync(caller, text);
        }

        string[] ids = ["C1", .. Enumerable.Range(1, 9).Select(n => $"P{n}")];
        var entry = (await api.Oltp.EntriesOfAsync(ids)).Where(entry => entry.Caller == "admin:search").ShouldHaveSingleItem();
        (entry.Verb, entry.Resource, entry.Endpoint, entry.Count).ShouldBe((AuditVerbs.Read, "students", "GET /v1/search", 9));
        entry.Subjects.Ids.Order().ShouldBe(ids[1..]);
        JsonSerializer.Serialize(entry).ShouldNotContain("pupil", Case.Insensitive);
    }

    [Fact]
    public async Task Name_that_is_looked_for_is_in_no_log_and_no_trace()
    {
        var (spans, lines) = (new ConcurrentQueue<Activity>(), new ConcurrentQueue<string>());
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        foreach (var (factory, status) in (
            (Microsoft.AspNetCore.Mvc.Testing.WebApplicationFactory<Andi.AnalyticsApi.AnalyticsApiMarker>, HttpStatusCode)[])
            [(api.PublishingAtOnce(), HttpStatusCode.OK), (api.WithoutWarehouse(), HttpStatusCode.ServiceUnavailable)])
        {
            await using var logged = factory.WithWebHostBuilder(host => host.ConfigureLogging(logging => logging.AddProvider(new Lines(lines))));
            using var http = logged.CreateClient();
            http.DefaultRequestHeaders.Authorization = api.Http.DefaultRequestHeaders.Authorization;
            using var answer = await http.GetAsync($"/v1/search?q={Secret}", Cancel);
            answer.StatusCode.ShouldBe(status);
            using var refused = await http.GetAsync($"/v1/search?q={Secret}&limit=0", Cancel);
            (await refused.Content.ReadAsStringAsync(Cancel)).ShouldNotContain(Secret);
        }

        lines.ShouldContain(line => line.Contains("/v1/search", StringComparison.Ordinal), "what failed is logged");
        string.Join('\n', lines).ShouldNotContain(Secret);
        spans.ShouldContain(span => span.OperationName == "schools/student_search");
        string.Join('\n', spans.Select(span => $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', Tags(span))}")).ShouldNotContain(Secret);
    }

    private static IEnumerable<string> Tags(Activity span) =>
        span.TagObjects.Concat(span.Events.SelectMany(one => one.Tags)).Select(tag => $"{tag.Key}={tag.Value}");

    private static async Task<List<JsonElement>> FindAsync(HttpClient http, string text)
    {
        using var answer = await http.GetAsync($"/v1/search?q={Uri.EscapeDataString(text)}&limit=100", Cancel);
        var body = await answer.Content.ReadAsStringAsync(Cancel);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, body);
        return Items(body);
    }

    private static List<JsonElement> Items(string body) => [.. JsonDocument.Parse(body).RootElement.GetProperty("items").EnumerateArray()];

    private static string Ids(IEnumerable<JsonElement> items, Func<string, bool> isKind) =>
        string.Join(' ', items.Where(item => isKind(Text(item, "kind")!)).Select(item => Text(item, "id")).Order(StringComparer.Ordinal));

    private static string? Text(JsonElement item, string name) => item.TryGetProperty(name, out var value) ? value.GetString() : null;

    private sealed class Lines(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
