namespace Andi.FaultCampaign;

/// <summary>The campaign has failed, or cannot run; the message says why.</summary>
internal sealed class CampaignException(string message, Exception? inner = null) : Exception(message, inner);
