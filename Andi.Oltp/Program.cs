using Andi.Oltp;
using Andi.Oltp.ChangeCapture.Relay;
using Andi.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOltp();
builder.AddChangeCapture();

var app = builder.Build();
app.MapDefaultEndpoints();
app.MapOltp();
app.Run();
