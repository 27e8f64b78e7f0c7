using Andi.EmbeddedClickHouse;
using Andi.EmbeddedClickHouse.Engine;
using Andi.EmbeddedClickHouse.Http;
using Andi.EmbeddedClickHouse.Native;
using Andi.EmbeddedClickHouse.Security;
using Microsoft.Extensions.Options;

var builder = WebApplication.CreateSlimBuilder(args);
builder.Services.AddOptions<EmbeddedClickHouseOptions>().BindConfiguration(EmbeddedClickHouseOptions.Section).ValidateDataAnnotations().ValidateOnStart();
builder.Services.PostConfigure<EmbeddedClickHouseOptions>(o =>
{
    if (string.IsNullOrEmpty(o.DataPath)) { return; }
    o.DataPath = Path.GetFullPath(o.DataPath).TrimEnd('/');
    if (string.IsNullOrEmpty(o.Password)) { o.Password = PasswordFile.ReadOrMake(o.PasswordFile ?? o.DataPath + ".password").Password; }
});
builder.Services.AddSingleton<EngineHost>().AddSingleton<ConnectionGate>().AddSingleton<PasswordCheck>().AddSingleton<QueryEndpoint>();
builder.Logging.AddFilter("Microsoft.AspNetCore", LogLevel.Warning);
builder.WebHost.ConfigureKestrel(k =>
{
    k.AddServerHeader = false;
    k.Limits.MaxRequestBodySize = null;
    k.Limits.MinRequestBodyDataRate = null;
    k.Limits.MinResponseDataRate = null;
    k.Limits.MaxRequestLineSize = 1024 * 1024;
    k.Limits.MaxRequestBufferSize = 2 * 1024 * 1024;
    k.Limits.MaxRequestHeadersTotalSize = 1024 * 1024;
});
var app = builder.Build();
var options = app.Services.GetRequiredService<IOptions<EmbeddedClickHouseOptions>>().Value;
var library = ChdbLibrary.Find(options.LibraryPath) ?? throw new InvalidOperationException("libchdb.so was not found: run npm ci in engines, or set ClickHouse:LibraryPath.");
ChdbLibrary.Load(library);
Directory.CreateDirectory(options.DataPath);
app.Services.GetRequiredService<EngineHost>().Start();
app.MapGet("/ping", () => Results.Text("Ok.\n"));
app.MapMethods("/", ["GET", "POST"], (HttpContext context, QueryEndpoint endpoint) => endpoint.HandleAsync(context));
app.Run();
