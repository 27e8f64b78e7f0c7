using Andi.FaultCampaign;
using Andi.Security;

// Its report and state folders lie in .andi.
OwnerOnly.ByDefault();
var (options, exitCode) = CampaignOptions.Parse(args);
return options is null ? exitCode : await Campaign.RunAsync(options);
