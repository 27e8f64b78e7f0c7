using Andi.ServiceDefaults;
using Andi.Web;

var builder = WebApplication.CreateBuilder(args);
builder.AddBasicServiceDefaults();
builder.AddWeb();

var app = builder.Build();
app.MapWeb();
app.Run();
