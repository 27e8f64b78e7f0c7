namespace Andi.FaultCampaign.Faults;

/// <summary>Something that goes wrong, and is set right again by the fault itself.</summary>
/// <param name="Kind">What the report counts it as.</param>
/// <param name="Target">What it hits; two faults never hit the same at once.</param>
internal abstract record Fault(string Kind, string Target)
{
    /// <summary>What is special about this one, for people.</summary>
    public abstract string Detail { get; }

    /// <summary>Strikes, lasts, and returns once everything runs again.</summary>
    public abstract Task RunAsync(FaultSetting setting, CancellationToken cancellationToken);

    public sealed override string ToString() => $"{Kind} {Target}: {Detail}";
}
