namespace Andi.FaultCampaign.Connections;

/// <summary>Which way bytes go through a proxy.</summary>
internal enum Direction
{
    /// <summary>Requests.</summary>
    ToStore,

    /// <summary>Answers: cut here, a write may have happened without anybody having been told.</summary>
    ToService,
}
