using System.Text;
using Andi.AnalyticsApi.Cache;
using Microsoft.Extensions.Options;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class AnswerCacheTests : IDisposable
{
    private readonly AnswerCache _cache = Of(1_000_000);
    private int _computed;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _cache.Dispose();

    [Fact]
    public async Task Answer_is_found_at_the_same_version_and_question_only()
    {
        (await AskAsync("version 1\nquestion", "answer")).ShouldBe("answer");
        (await AskAsync("version 1\nquestion", "late answer")).ShouldBe("answer");
        (await AskAsync("version 1\nanother question", "another answer")).ShouldBe("another answer");
        (await AskAsync("version 2\nquestion", "new answer")).ShouldBe("new answer");
        _computed.ShouldBe(3);
    }

    [Fact]
    public async Task Equal_questions_at_once_are_computed_once()
    {
        var computing = new TaskCompletionSource();
        var asked = Enumerable.Range(0, 100).Select(_ => Task.Run(async () => await AskAsync("question", "answer", computing.Task))).ToList();
        while (Volatile.Read(ref _computed) == 0)
        {
            await Task.Delay(1, Cancellation);
        }

        computing.SetResult();

        (await Task.WhenAll(asked)).ShouldAllBe(answer => answer == "answer");
        _computed.ShouldBe(1);
    }

    [Fact]
    public async Task Answer_that_is_not_to_be_kept_is_computed_again()
    {
        (await AskAsync("question", null)).ShouldBeNull();
        (await AskAsync("question", "answer")).ShouldBe("answer");
    }

    [Fact]
    public async Task Failure_is_thrown_and_not_kept()
    {
        await Should.ThrowAsync<TimeoutException>(async () => await _cache.GetAsync("question", () => throw new TimeoutException(), Cancellation));
        (await AskAsync("question", "answer")).ShouldBe("answer");
    }

    [Fact]
    public async Task Answer_larger_than_the_cache_is_given_and_not_kept()
    {
        using var small = Of(2_000);
        var large = new byte[3_000];
        (await small.GetAsync("question", () => Task.FromResult<byte[]?>(large), Cancellation)).ShouldBeSameAs(large);
        (await small.GetAsync("question", () => Task.FromResult<byte[]?>([1]), Cancellation)).ShouldBe([1]);
    }

    private static AnswerCache Of(long maxBytes) => new(Options.Create(new AnswerCacheOptions { MaxBytes = maxBytes }));

    private async Task<string?> AskAsync(string key, string? answer, Task? until = null)
    {
        var found = await _cache.GetAsync(
            key,
            async () =>
            {
                Interlocked.Increment(ref _computed);
                await (until ?? Task.CompletedTask);
                return answer is null ? null : Encoding.UTF8.GetBytes(answer);
            },
            Cancellation);
        return found is null ? null : Encoding.UTF8.GetString(found);
    }
}
