using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Andi.Audit;

public static class AuditExtensions
{
    /// <summary>Registers the log for a service that writes it; it needs the connection string of the transactional database.</summary>
    public static void AddAuditLog(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<AuditDatabase>();
        builder.Services.AddSingleton<AuditLog>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<AuditLog>());
        builder.Services.AddExceptionHandler<AuditUnavailableHandler>();
    }
}
