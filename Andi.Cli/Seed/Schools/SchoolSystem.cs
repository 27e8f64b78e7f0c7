namespace Andi.Cli.Seed.Schools;

/// <summary>
/// States, districts, schools and classrooms for a number of students: districts of 3 to 10 schools, schools of about 250 to 600 students in grades 3 to
/// 8, classrooms of 22 to 28 students with a teacher each. Students are numbered through the classrooms.
/// </summary>
internal sealed class SchoolSystem
{
    private const int FirstGrade = 3;
    private const int Grades = 6;

    private static readonly string[] StateCodes =
    [
        "TX", "CA", "NY", "FL", "IL", "OH", "GA", "NC", "MI", "WA", "AZ", "MA", "TN", "IN", "MO", "MD", "WI", "CO", "MN", "SC",
    ];

    private readonly List<District> _districts = [];
    private readonly List<School> _schools = [];
    private readonly List<Classroom> _classrooms = [];

    public SchoolSystem(int students, ulong seed)
    {
        Students = students;
        var random = new KeyedRandom(seed, 2);
        while (Assigned < students)
        {
            AddDistrict(random);
        }

        // A state has several districts once there are several.
        var states = Math.Clamp(_districts.Count / 4, 1, StateCodes.Length);
        for (var index = 0; index < _districts.Count; index++)
        {
            _districts[index] = _districts[index] with { State = StateCodes[(int)((long)index * states / _districts.Count)] };
        }
    }

    public int Students { get; }

    public IReadOnlyList<District> Districts => _districts;

    public IReadOnlyList<School> Schools => _schools;

    /// <summary>Also the teachers: one each.</summary>
    public IReadOnlyList<Classroom> Classrooms => _classrooms;

    private int Assigned => _classrooms.Count == 0 ? 0 : _classrooms[^1].FirstStudent + _classrooms[^1].Students;

    /// <summary>The classroom that a student sits in.</summary>
    public int ClassroomOf(int student)
    {
        var (low, high) = (0, _classrooms.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = _classrooms[middle].FirstStudent <= student ? (middle, high) : (low, middle - 1);
        }

        return low;
    }

    private void AddDistrict(KeyedRandom random)
    {
        var district = _districts.Count;
        _districts.Add(new District(""));
        var schools = 3 + random.Below((ulong)district * 2, 8);
        for (var school = 0; school < schools && Assigned < Students; school++)
        {
            AddSchool(random, district);
        }
    }

    private void AddSchool(KeyedRandom random, int district)
    {
        var school = _schools.Count;
        _schools.Add(new School(district));
        var classroomsPerGrade = 2 + random.Below(((ulong)school * 2) + 1, 3);
        for (var grade = 0; grade < Grades; grade++)
        {
            for (var classroom = 0; classroom < classroomsPerGrade && Assigned < Students; classroom++)
            {
                var first = Assigned;
                var size = 22 + random.Below((1UL << 32) + (ulong)_classrooms.Count, 7);
                _classrooms.Add(new Classroom(first, Math.Min(size, Students - first), school, FirstGrade + grade));
            }
        }
    }

    internal sealed record District(string State);

    internal readonly record struct School(int District);

    internal readonly record struct Classroom(int FirstStudent, int Students, int School, int Grade);
}

/// <summary>The ids of the school system, which the areas' files agree on.</summary>
internal static class SchoolIds
{
    public static CsvBuffer DistrictId(this CsvBuffer csv, int district) => csv.Id("D", district, 4);

    public static CsvBuffer SchoolId(this CsvBuffer csv, int school) => csv.Id("S", school, 5);

    /// <param name="classroom">There is one teacher to each.</param>
    public static CsvBuffer ClassId(this CsvBuffer csv, int classroom) => csv.Id("K", classroom, 6);

    public static CsvBuffer TeacherId(this CsvBuffer csv, int classroom) => csv.Id("T", classroom, 6);

    public static CsvBuffer StudentId(this CsvBuffer csv, int student) => csv.Id("ST", student, 8);
}
