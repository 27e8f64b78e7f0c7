using Andi.AnalyticsApi.Answers;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class RowsCacheTests
{
    [Fact]
    public void What_is_kept_is_found_at_the_same_rows_only()
    {
        var cache = new RowsCache<string>(100, (_, _) => 1);
        cache.Keep("rows 1", "question", "answer").ShouldBe("answer");
        cache.Find("rows 1", "question").ShouldBe("answer");
        cache.Find("rows 1", "another").ShouldBeNull();
        cache.Find("rows 2", "question").ShouldBeNull();

        cache.Keep("rows 2", "another", "answer").ShouldBe("answer");
        cache.Find("rows 1", "question").ShouldBeNull();
        cache.Find("rows 2", "question").ShouldBeNull();
    }

    [Fact]
    public void Of_two_answers_to_one_question_all_get_the_first()
    {
        var cache = new RowsCache<string>(100, (_, _) => 1);
        cache.Keep("rows", "question", "early");
        cache.Keep("rows", "question", "late").ShouldBe("early");
        cache.Find("rows", "question").ShouldBe("early");
    }

    [Fact]
    public void A_full_one_takes_no_more_until_the_rows_change()
    {
        var cache = new RowsCache<string>(10, (key, value) => key.Length + value.Length);
        cache.Keep("rows", "a", "12345678");
        cache.Keep("rows", "b", "12").ShouldBe("12");
        cache.Find("rows", "b").ShouldBeNull();

        // A second one for a question takes no room.
        cache.Keep("rows", "a", "1");
        cache.Keep("rows", "a", "1");
        cache.Find("rows", "a").ShouldBe("12345678");
        cache.Keep("other rows", "b", "12");
        cache.Find("other rows", "b").ShouldBe("12");
    }
}
