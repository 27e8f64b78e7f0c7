using Andi.FaultCampaign;

var (options, exitCode) = CampaignOptions.Parse(args);
return options is null ? exitCode : await Campaign.RunAsync(options);
