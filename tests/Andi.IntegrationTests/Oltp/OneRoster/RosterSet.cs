using System.IO.Compression;
using System.Text;

namespace Andi.IntegrationTests.Oltp.OneRoster;

/// <summary>
/// An invented set of OneRoster files: a district with two schools, two teachers, four students, two classes with a test each. Ids end in what is of one
/// test alone. A test
/// changes what it is about.
/// </summary>
internal sealed class RosterSet
{
    private readonly Dictionary<string, string> _files = [];

    public RosterSet()
    {
        this["manifest"] = """
            propertyName,value
            manifest.version,1.0
            oneroster.version,1.1
            file.orgs,bulk
            file.users,bulk
            file.academicSessions,bulk
            file.courses,bulk
            file.classes,bulk
            file.enrollments,bulk
            file.categories,absent
            file.lineItems,bulk
            file.results,bulk

            """;
        this["orgs"] = """
            sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.stateId,metadata.color
            d~,,,Lakeside,district,06,,CA,blue
            s1~,,,Harbor School,school,0601,d~,,
            dep~,,,Middle Schools,department,,d~,,
            s2~,,,Mill School,school,0602,dep~,,

            """;
        this["users"] = """
            sourcedId,status,enabledUser,orgSourcedIds,role,username,givenName,familyName,email,grades
            t1~,,true,"d~,s1~",teacher,t1,Robin,Sample,robin@example.org,
            t2~,,true,s2~,teacher,t2,Kim,Example,,
            p1~,,true,s1~,student,p1,Alex,One,,05
            p2~,,true,s1~,student,p2,Sam,Two,,"KG,1"
            p3~,,true,s2~,student,p3,Jo,Three,,6
            p4~,,true,s2~,student,p4,Lee,Four,,06
            g1~,,true,s1~,guardian,g1,Max,Parent,,

            """;
        this["academicSessions"] = """
            sourcedId,status,title,type,startDate,endDate,parentSourcedId,schoolYear
            sy~,,2026-2027,schoolYear,2026-08-15,2027-06-10,,2027
            fall~,,Fall,term,2026-08-20,2026-12-20,sy~,2027

            """;
        this["courses"] = """
            sourcedId,status,schoolYearSourcedId,title,courseCode,grades,orgSourcedId,subjects
            c1~,,sy~,Mathematics 5,M5,05,s1~,"Mathematics,Numbers"
            c2~,,sy~,English 6,E6,06,s2~,

            """;
        this["classes"] = """
            sourcedId,status,title,grades,courseSourcedId,schoolSourcedId,termSourcedIds,subjects
            k1~,,Maths A,05,c1~,s1~,fall~,Maths
            k2~,,English B,06,c2~,s2~,,English

            """;
        this["enrollments"] = """
            sourcedId,status,classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate
            e1~,,k1~,s1~,t2~,teacher,false,,
            e2~,,k1~,s1~,t1~,teacher,true,,
            e3~,,k2~,s2~,t2~,teacher,,,
            e4~,,k1~,s1~,p1~,student,,2026-08-15,2026-12-20
            e5~,,k1~,s1~,p2~,student,,,
            e6~,,k2~,s2~,p3~,student,,2026-09-01,
            e7~,,k2~,s2~,p4~,student,,2026-09-01,

            """;
        this["lineItems"] = """
            sourcedId,status,title,assignDate,dueDate,classSourcedId,categorySourcedId,gradingPeriodSourcedId,resultValueMin,resultValueMax
            i1~,,Benchmark,2026-10-01,2026-10-02,k1~,,fall~,100,350
            i2~,,Reading check,2026-10-05,2026-10-06,k2~,,fall~,,

            """;
        this["results"] = """
            sourcedId,status,lineItemSourcedId,studentSourcedId,scoreStatus,score,scoreDate,comment
            r1~,,i1~,p1~,fully graded,203.5,2026-10-02,well done
            r2~,,i1~,p2~,exempt,,2026-10-02,
            r3~,,i2~,p3~,partially graded,88,2026-10-06,
            r4~,,i2~,p4~,not submitted,0,2026-10-06,

            """;
    }

    /// <summary>Of this set's ids.</summary>
    public string Suffix { get; } = Guid.NewGuid().ToString("N")[..10];

    /// <summary>A file's text; a tilde in it stands for what is of this set alone.</summary>
    public string this[string file]
    {
        get => _files[file];
        set => _files[file] = value.ReplaceLineEndings("\n").Replace("~", $"-{Suffix}", StringComparison.Ordinal);
    }

    public string Id(string id) => $"{id}-{Suffix}";

    /// <summary>Replaces a piece of a file's text, which must be there.</summary>
    public RosterSet With(string file, string piece, string other)
    {
        var text = _files[file];
        var at = piece.Replace("~", $"-{Suffix}", StringComparison.Ordinal);
        text.ShouldContain(at);
        this[file] = text.Replace(at, other, StringComparison.Ordinal);
        return this;
    }

    public RosterSet Without(string file)
    {
        _files.Remove(file);
        return this;
    }

    /// <summary>A set of some changed files alone: the manifest has the others absent.</summary>
    public RosterSet Delta(params (string File, string Text)[] files)
    {
        foreach (var file in _files.Keys.ToList())
        {
            _files.Remove(file);
        }

        foreach (var (file, text) in files)
        {
            this[file] = text;
        }

        this["manifest"] = "propertyName,value\noneroster.version,1.1\n" + string.Concat(files.Select(file => $"file.{file.File},delta\n"));
        return this;
    }

    /// <summary>The set as a zip file.</summary>
    /// <param name="folder">In which its files are, with a slash at its end.</param>
    public HttpContent Zip(string folder = "")
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in _files)
            {
                using var entry = zip.CreateEntry($"{folder}{name}.csv").Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return new ByteArrayContent(bytes.ToArray()) { Headers = { ContentType = new("application/zip") } };
    }

    /// <summary>The set as a form whose parts are the files.</summary>
    public HttpContent Form()
    {
        var form = new MultipartFormDataContent();
        foreach (var (name, text) in _files)
        {
            form.Add(new ByteArrayContent(Encoding.UTF8.GetBytes(text)), "files", $"{name}.csv");
        }

        return form;
    }
}
