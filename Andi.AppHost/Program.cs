using Andi.AppHost.Native;

return await NativeHost.RunAsync(args);
