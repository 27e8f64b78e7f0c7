using Andi.Oltp.Access;
using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Andi.Security;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Areas.Library;

/// <summary>What schools lend from their libraries.</summary>
internal sealed class LibraryArea : SubjectArea<LibraryDbContext>
{
    public override string Name => "library";

    public override IReadOnlyList<string> DependsOn => ["schools"];

    public override IReadOnlyList<IFieldList> Records => [LoanBody.Fields];

    public override IReadOnlyList<TableRule> TableAccess =>
        [new(Roles.SchoolAdmin, LoanBody.Fields.Table, TableRule.Writing, $"school_id = {TableRule.Scope}")];

    public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) => [LoanBody.Fields.DefineKeyedImport()];

    public override void MapEndpoints(RouteGroupBuilder v1) => v1.MapKeyed<LibraryDbContext, LoanBody, Loan>(LoanBody.Fields, "loan");
}

public sealed class LibraryDbContext(DbContextOptions<LibraryDbContext> options) : DbContext(options)
{
    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.MapForeignRecord(SchoolBody.Fields);
        modelBuilder.MapRecord(LoanBody.Fields).HasReference<Loan, School>(nameof(Loan.SchoolId));
    }
}
