using Andi.AppHost;
using Andi.AppHost.Native;

var (options, exitCode) = HostOptions.Parse(args);
return options switch
{
    null => exitCode,
#if ANDI_ASPIRE
    { Host: HostKind.Aspire } => await Andi.AppHost.AspireHosting.AspireHost.RunAsync(options, args),
#endif
    _ => await NativeHost.RunAsync(options),
};
