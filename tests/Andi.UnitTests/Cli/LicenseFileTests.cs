using Andi.Cli.Seed.Licensing;
using Andi.Cli.Seed.Schools;

namespace Andi.UnitTests.Cli;

public sealed class LicenseFileTests
{
    private const int Students = 5_000;

    [Fact]
    public void Licences_are_of_the_teachers_that_are_seeded_one_for_each_product_and_year()
    {
        var rows = LicenseFile.Create(Students, 1).Rows();
        var teachers = SeedReading.SchoolsAndScores.File("teachers", Students).Rows().ConvertAll(row => row["teacherId"]);
        rows.Select(row => row["teacher_id"]).Distinct().ShouldBeSubsetOf(teachers);
        rows.Select(row => (row["teacher_id"], row["product"], row["valid_from"])).Distinct().Count().ShouldBe(rows.Count);
        rows.ShouldAllBe(row => string.CompareOrdinal(row["valid_from"], row["valid_until"]) < 0 && row["status"] == "granted");
        var share = rows.GroupBy(row => row["product"])
            .ToDictionary(product => product.Key, product => product.Count() / (double)(teachers.Count * SchoolPlan.Years));
        share["coaching"].ShouldBe(0.9, 0.05);
        share["resources"].ShouldBe(0.7, 0.05);
        share["community"].ShouldBe(0.5, 0.05);
    }

    [Fact]
    public void Same_seed_gives_the_same_rows_and_another_one_others()
    {
        LicenseFile.Create(500, 1).Rows().ShouldBe(LicenseFile.Create(500, 1).Rows());
        LicenseFile.Create(500, 1).Rows().Count.ShouldNotBe(LicenseFile.Create(500, 2).Rows().Count);
    }
}
