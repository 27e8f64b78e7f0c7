namespace Andi.IntegrationTests.Warehouse.Assessments;

/// <summary>A change as the landing tables take it: what was before, what is after.</summary>
internal sealed record Change<T>(T? Before, T? After, UInt128 Position)
    where T : class;
