namespace Andi.Ingestor.Landing;

/// <summary>The landing tables of the warehouse.</summary>
internal interface ILandingTables
{
    /// <summary>The landing table of a source table, as it was a moment ago; null where there is none (yet).</summary>
    LandingTable? Find(string sourceTable);
}
