using Andi.Simulation.Ledger;
using Andi.Simulation.Scheduling;
using Andi.Simulation.Warehouse;

namespace Andi.Simulation.Runs;

/// <summary>What a world is made of: a proof of the proof puts a broken part in and sees the simulation fail.</summary>
internal sealed record WorldParts(
    Func<WorldPlan, FaultCounts, LedgerModel> Ledger, Func<WorldPlan, Randomness, FaultCounts, WarehouseModel> Warehouse)
{
    public static readonly WorldParts Sound = new(
        (plan, faults) => new LedgerModel(plan, faults), (plan, random, faults) => new WarehouseModel(plan, random, faults));
}
