using Andi.Oltp;
using Andi.ServiceDefaults;

var builder = WebApplication.CreateBuilder(args);
builder.AddServiceDefaults();
builder.AddOltp();

var app = builder.Build();
app.MapServiceDefaults();
app.MapOltp();
app.Run();
