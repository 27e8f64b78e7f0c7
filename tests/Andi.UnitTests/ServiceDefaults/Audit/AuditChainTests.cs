using System.Security.Cryptography;
using System.Text;
using Andi.Audit;

namespace Andi.UnitTests.ServiceDefaults.Audit;

public sealed class AuditChainTests
{
    private static readonly byte[] Salt = [.. Enumerable.Range(0, 16).Select(value => (byte)value)];

    private static readonly StoredEntry Entry = new(
        7, new DateTime(2026, 12, 1, 8, 30, 15, DateTimeKind.Utc).AddTicks(1230), "teacher:T1", "teacher", "T1", null, "read", "students", AuditIds.None,
        new AuditIds(["P1"], [Salt]), 1, "GET /v1/students/{id}", null, "00ff", "16/B374D848.0", "901");

    private static readonly AuditSeal Seal = new(3, new DateTime(2026, 12, 1, 8, 30, 16, DateTimeKind.Utc), "16/B374D900", AuditChain.Genesis);

    [Fact]
    public void Canonical_form_is_each_text_behind_its_length_and_a_hyphen_for_null()
    {
        var digest = Convert.ToHexStringLower(SHA256.HashData([.. Salt, .. "P1"u8]));
        AuditChain.Canonical(Seal, Entry).ShouldBe(
            "12:andi-audit-1" + "1:3" + $"64:{new string('0', 64)}" + "27:2026-12-01T08:30:16.000000Z" + "11:16/B374D900" + "1:7"
            + "27:2026-12-01T08:30:15.000123Z" + "10:teacher:T1" + "7:teacher" + "2:T1" + "-" + "4:read" + "8:students" + "1:0" + $"1:164:{digest}" + "1:1"
            + "21:GET /v1/students/{id}" + "-" + "4:00ff" + "13:16/B374D848.0" + "3:901");
        AuditChain.Hash(Seal, Entry).ShouldBe(SHA256.HashData(Encoding.UTF8.GetBytes(AuditChain.Canonical(Seal, Entry))));
    }

    [Fact]
    public void Length_is_that_of_the_bytes()
    {
        AuditChain.Canonical(Seal, Entry with { Detail = "Größe" }).ShouldContain("7:Größe");
    }

    [Fact]
    public void Id_that_is_erased_leaves_the_hash_as_it_was()
    {
        var erased = Entry with { Subjects = new AuditIds([null], [SHA256.HashData([.. Salt, .. "P1"u8])]) };
        AuditChain.Hash(Seal, erased).ShouldBe(AuditChain.Hash(Seal, Entry));
    }

    [Fact]
    public void Whatever_is_changed_changes_the_hash()
    {
        StoredEntry[] changed =
        [
            Entry with { Id = 8 }, Entry with { RecordedAt = Entry.RecordedAt.AddMicroseconds(1) }, Entry with { Caller = "teacher:T2" },
            Entry with { Role = null }, Entry with { Scope = "" }, Entry with { TokenId = "" }, Entry with { Verb = "erase" },
            Entry with { Resource = "scores" }, Entry with { Records = AuditIds.Of(["P1"]) }, Entry with { Subjects = new AuditIds(["P2"], [Salt]) },
            Entry with { Subjects = AuditIds.None }, Entry with { Count = 2 }, Entry with { Endpoint = "" }, Entry with { Detail = "" },
            Entry with { TraceId = null }, Entry with { ReadPosition = null }, Entry with { TransactionId = "902" },
        ];
        var hashes = changed.Select(entry => AuditChain.Hash(Seal, entry)).Append(AuditChain.Hash(Seal, Entry))
            .Append(AuditChain.Hash(Seal with { Sequence = 4 }, Entry))
            .Append(AuditChain.Hash(Seal with { PreviousHash = SHA256.HashData([]) }, Entry)).Append(AuditChain.Hash(Seal with { Position = "0/1" }, Entry));
        hashes.Select(Convert.ToHexString).ShouldBeUnique();
    }

    [Fact]
    public void Two_ids_of_one_entry_have_salts_of_their_own()
    {
        var ids = AuditIds.Of(["P1", "P1"]);
        ids.Keys[0].Length.ShouldBe(16);
        ids.Keys[0].ShouldNotBe(ids.Keys[1]);
    }

    [Fact]
    public void Values_of_a_property_are_found_at_any_depth_and_each_once()
    {
        var json = """{"studentId":"A","items":[{"studentId":"B","x":{"studentId":"C\u0041"}},{"studentId":"A"},{"studentId":null},{"otherId":"D"}]}"""u8;
        PersonalReads.ValuesOf("studentId", json).ShouldBe(["A", "B", "CA"]);
    }
}
