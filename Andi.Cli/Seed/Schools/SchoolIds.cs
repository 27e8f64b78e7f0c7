namespace Andi.Cli.Seed.Schools;

/// <summary>The ids of the school system, which the areas' files agree on.</summary>
internal static class SchoolIds
{
    public static CsvBuffer DistrictId(this CsvBuffer csv, int district) => csv.Id("D", district, 4);

    public static CsvBuffer SchoolId(this CsvBuffer csv, int school) => csv.Id("S", school, 5);

    /// <param name="classroom">There is one teacher to each.</param>
    public static CsvBuffer TeacherId(this CsvBuffer csv, int classroom) => csv.Id("T", classroom, 6);

    public static CsvBuffer StudentId(this CsvBuffer csv, int student) => csv.Id("ST", student, 8);
}
