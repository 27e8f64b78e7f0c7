using System.CommandLine;
using Andi.Cli.Seed.Schools;
using Andi.Security;

namespace Andi.Cli.Seed.Licensing;

/// <summary>Licences of the teachers: nothing goes through the write API, a school system has them from elsewhere.</summary>
internal sealed class LicensingArea : SubjectArea
{
    public override string Name => "licensing";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override IReadOnlyList<SeedOption> Options { get; } =
    [
        new(
            new Option<string?>("--licenses")
            {
                Description = "Also write the teachers' licences into this CSV file, for `load teacher_licenses`.",
                HelpName = "file",
            },
            LicenseFile.WriteAsync),
    ];
}

/// <summary>
/// Licences of the teachers, as a file for <c>load teacher_licenses</c>: for each school year nine in ten are licensed for
/// coaching, seven for resources, five for the community, from 1 September to 31 July.
/// </summary>
internal static class LicenseFile
{
    private static readonly (string Product, int OfTen)[] Products = [("coaching", 9), ("resources", 7), ("community", 5)];

    /// <summary>The same arguments give the same bytes.</summary>
    public static SeedFile Create(int students, ulong seed)
    {
        var teachers = new SchoolSystem(students, seed).Classrooms.Count;
        var random = new KeyedRandom(seed, 30);
        return new SeedFile
        {
            Title = "licenses",
            Entity = "teacher_licenses",
            Mode = "load",
            Header = "teacher_id,product,valid_from,valid_until,status",
            Count = (long)teachers * Products.Length * SchoolPlan.Years,
            Write = (index, csv) =>
            {
                var teacher = (int)(index % teachers);
                var (year, product) = Math.DivRem((int)(index / teachers), Products.Length);
                if (random.Below((ulong)index, 10) >= Products[product].OfTen)
                {
                    return false;
                }

                csv.TeacherId(teacher).Plain(Products[product].Product)
                    .Date(new DateOnly(SchoolPlan.FirstYear + year, 9, 1)).Date(new DateOnly(SchoolPlan.FirstYear + year + 1, 7, 31)).Plain("granted").EndRow();
                return true;
            },
        };
    }

    /// <exception cref="CommandFailure">It cannot be written.</exception>
    public static async Task WriteAsync(string path, int students, ulong seed, CancellationToken cancellationToken)
    {
        var file = Create(students, seed);
        try
        {
            await using var target = OwnerOnly.Create(path);
            using var content = new SeedContent(file, 0, file.Count, _ => { });
            await content.CopyToAsync(target, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailure($"{path} cannot be written: {exception.Message}");
        }
    }
}
