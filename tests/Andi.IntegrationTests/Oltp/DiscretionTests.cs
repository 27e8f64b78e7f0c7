using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Json;
using System.Text;

namespace Andi.IntegrationTests.Oltp;

/// <summary>Whatever goes wrong with a student, nothing that is kept about it says the student's name.</summary>
[Collection(OltpCollection.Name)]
public sealed class DiscretionTests(OltpFixture oltp)
{
    private const string Name = "Perpetua Snodgrass-Discreet";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Mistakes_with_a_student_leave_no_name_in_logs_and_traces()
    {
        var spans = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = spans.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        var id = OltpFixture.Unique("P");

        await RefusedAsync(oltp.Http.PutAsJsonAsync($"v1/students/{id}", new { name = Name, grade = "5", schoolId = "nowhere" }, Cancellation));
        await RefusedAsync(oltp.Http.PutAsJsonAsync($"v1/students/{id}", new { name = string.Concat(Enumerable.Repeat(Name, 20)) }, Cancellation));
        await RefusedAsync(oltp.Http.PutAsJsonAsync($"v1/students/{id}", new { name = Name, grade = "5", schoolId = Name, other = Name }, Cancellation));
        await RefusedAsync(ImportAsync($"studentId,name,grade,schoolId\n{id},{Name},5,nowhere\n{id},{Name},5,nowhere\n"));
        await RefusedAsync(ImportAsync($"studentId,name,grade,schoolId\n{id},\"{Name},5\n"));
        await RefusedAsync(ImportAsync($"studentId,{Name}\n{id},{Name}\n"));

        spans.ShouldNotBeEmpty();
        string.Join('\n', spans.Select(Text)).ShouldNotContain(Name);
        string.Join('\n', oltp.Log).ShouldNotContain(Name);
    }

    private static async Task RefusedAsync(Task<HttpResponseMessage> request)
    {
        using var answer = await request;
        ((int)answer.StatusCode).ShouldBeInRange(400, 499, await answer.Content.ReadAsStringAsync(Cancellation));
    }

    private static string Text(Activity span)
    {
        var tags = span.TagObjects.Concat(span.Events.SelectMany(one => one.Tags)).Select(tag => $"{tag.Key}={tag.Value}");
        return $"{span.DisplayName} {span.StatusDescription} {string.Join(' ', tags)}";
    }

    private async Task<HttpResponseMessage> ImportAsync(string csv)
    {
        using var body = new StringContent(csv, Encoding.UTF8, "text/csv");
        return await oltp.Http.PostAsync("v1/imports/students", body, Cancellation);
    }
}
