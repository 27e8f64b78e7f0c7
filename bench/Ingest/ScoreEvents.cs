using System.Buffers;
using System.Globalization;
using System.Text.Unicode;
using Andi.Bench.School;

namespace Andi.Bench.Ingest;

/// <summary>
/// Change events of scores as the relay sends them, by their numbers and always the same, a thousand in a transaction. Classrooms of 30
/// students of one grade take a test on one day of its month, one classroom after the other.
/// </summary>
/// <param name="events">How many there are, counted from 0.</param>
/// <param name="partitions">Of the topic; all changes of a score are in one.</param>
internal sealed class ScoreEvents(long events, int partitions)
{
    private const int UntilCorrected = 20_000;
    private const int PerTransaction = 1_000;
    private const int ScoresPerDistrict = 45_000;
    private const int StudentsPerDistrict = 3_000;
    private const int StudentsPerSchool = 300;
    private const int StudentsPerClassroom = 30;
    private const int LongestText = 1_024;
    private const int Years = 3;
    private const int Tests = 5;

    // Beyond every position that a topology's start leaves in its partitions.
    private const ulong FirstLsn = 1UL << 40;
    private const ulong LsnsPerTransaction = 1_000_000;
    private const long FirstMilliseconds = 1_767_225_600_000;
    private const long MillisecondsPerTransaction = 20;

    private readonly ScoreMix _mix = new(events, UntilCorrected);
    private readonly long _students = StudentsPerDistrict * Math.Max(1, (events + ScoresPerDistrict - 1) / ScoresPerDistrict);

    public long Count => events;

    public int Partitions => partitions;

    public int PartitionOf(long number) => (int)(_mix.Place(number).Score % partitions);

    /// <summary>Writes the message's key.</summary>
    public void WriteKey(IBufferWriter<byte> to, long number)
    {
        var score = _mix.Place(number).Score;
        var span = to.GetSpan(LongestText);
        Utf8.TryWrite(span, CultureInfo.InvariantCulture, $"{{\"score_id\":\"{Id(score)}\"}}", out var written);
        to.Advance(written);
    }

    /// <summary>Writes the message's value.</summary>
    public void WriteValue(IBufferWriter<byte> to, long number)
    {
        var (score, isCorrection) = _mix.Place(number);
        to.Write("{\"before\":"u8);
        if (isCorrection)
        {
            WriteImage(to, score, version: 0);
        }
        else
        {
            to.Write("null"u8);
        }

        to.Write(",\"after\":"u8);
        WriteImage(to, score, version: isCorrection ? 1u : 0);
        var transaction = number / PerTransaction;
        var at = FirstMilliseconds + (transaction * MillisecondsPerTransaction);
        var span = to.GetSpan(LongestText);
        Utf8.TryWrite(
            span,
            CultureInfo.InvariantCulture,
            $",\"op\":\"{(isCorrection ? 'u' : 'c')}\",\"ts_ms\":{at + 3},\"source\":{{"
            + $"\"lsn\":{FirstLsn + ((ulong)transaction * LsnsPerTransaction)},\"seq\":{number % PerTransaction},\"txId\":{1000 + transaction},"
            + $"\"schema\":\"public\",\"table\":\"scores\",\"ts_ms\":{at},\"snapshot\":false,\"generation\":1}}}}",
            out var written);
        to.Advance(written);
    }

    private void WriteImage(IBufferWriter<byte> to, long score, ulong version)
    {
        var student = score % _students;
        var test = score / _students % Tests;
        var year = 2025 - (score / _students / Tests % Years);
        var teacher = student / StudentsPerClassroom;
        var day = Mixed((ulong)((((teacher * Tests) + test) * 10) + year));
        var result = Mixed(((ulong)score * 2) + version);
        var span = to.GetSpan(LongestText);
        Utf8.TryWrite(
            span,
            CultureInfo.InvariantCulture,
            $"{{\"score_id\":\"{Id(score)}\",\"student_id\":\"P{student + 1}\",\"teacher_id\":\"T{teacher + 1}\",\"test_id\":\"M{test + 1}\","
            + $"\"school_year\":\"{year}-{year + 1}\",\"test_date\":\"{year}-{9 + (test % 4):00}-{1 + (day % 28):00}\","
            + $"\"status\":\"scored\",\"overall_score\":{result % 100}.{result / 128 % 100:00},\"overall_performance_level\":{1 + (result / 16384 % 4)},"
            + $"\"dimension_scores\":{{\"algebra\": {result / 65536 % 101}, \"geometry\": {result / 8388608 % 101}}},"
            + $"\"school_id\":\"S{(student / StudentsPerSchool) + 1}\",\"district_id\":\"D{(student / StudentsPerDistrict) + 1}\",\"state_id\":\"CA\","
            + $"\"grade\":\"{(teacher % 9) + 1}\"}}",
            out var written);
        to.Advance(written);
    }

    // Of the form of a UUIDv7, whose time goes up and whose other digits look random.
    private static Guid Id(long score)
    {
        Span<byte> bytes = stackalloc byte[16];
        var time = (ulong)(FirstMilliseconds + (score / 50));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(bytes, (time << 16) | 0x7000 | (Mixed((ulong)score ^ 0x5bd1e995) & 0xfff));
        System.Buffers.Binary.BinaryPrimitives.WriteUInt64BigEndian(
            bytes[8..], (Mixed((ulong)score ^ 0x85ebca6b) & 0x3fff_ffff_ffff_ffff) | 0x8000_0000_0000_0000);
        return new Guid(bytes, bigEndian: true);
    }

    // splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
    private static ulong Mixed(ulong value)
    {
        value += 0x9e3779b97f4a7c15;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9;
        value = (value ^ (value >> 27)) * 0x94d049bb133111eb;
        return value ^ (value >> 31);
    }
}
