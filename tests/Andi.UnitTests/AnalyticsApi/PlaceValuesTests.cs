using System.Text;
using Andi.AnalyticsApi.Areas.Assessments;
using Andi.Warehouse.Client;

namespace Andi.UnitTests.AnalyticsApi;

public sealed class PlaceValuesTests
{
    // By UTF-16 units the first stands later, by code points the second.
    private const string LastOfOneUnit = "\uFFFD";
    private const string OfTwoUnits = "\U0001F600";

    [Theory]
    [InlineData("maths", "art", "maths")]
    [InlineData("", "", "")]
    [InlineData("", "art", "art")]
    [InlineData(LastOfOneUnit, OfTwoUnits, OfTwoUnits)]
    [InlineData(OfTwoUnits, LastOfOneUnit, OfTwoUnits)]
    public void Of_the_subjects_of_a_test_the_warehouses_last_one_counts(string first, string second, string expected)
    {
        byte[] answer = [.. Row(first), .. Row(second)];
        new PlaceValues().Add(new RowBinaryReader(answer), withSubjects: true).Compared().ShouldHaveSingleItem().Subject.ShouldBe(expected);

        var counts = new Dictionary<int, long> { [5000] = 1 };
        ClassroomTestRow.ByTest([new("X", first, 3, counts), new("X", second, 3, counts)]).ShouldHaveSingleItem().Subject.ShouldBe(expected,
            "a classroom likewise");
    }

    private static byte[] Row(string subject)
    {
        using var bytes = new MemoryStream();
        using var row = new BinaryWriter(bytes, Encoding.UTF8);
        row.Write("X");
        row.Write("D");
        row.Write(subject);
        row.Write7BitEncodedInt(1);
        row.Write(5000);
        row.Write(1L);
        row.Flush();
        return bytes.ToArray();
    }
}
