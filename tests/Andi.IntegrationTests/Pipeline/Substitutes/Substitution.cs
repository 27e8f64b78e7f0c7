using Microsoft.Extensions.DependencyInjection;

namespace Andi.IntegrationTests.Pipeline.Substitutes;

internal static class Substitution
{
    /// <summary>Puts what is made of a part of the ingestor into its place. May be done again: the first is then wrapped by the second.</summary>
    public static void Wrap<T>(this IServiceCollection services, Func<T, IServiceProvider, T> wrap)
        where T : class
    {
        var before = services.Last(service => service.ServiceType == typeof(T));
        services.AddSingleton(
            all => wrap((T)(before.ImplementationFactory?.Invoke(all) ?? ActivatorUtilities.CreateInstance(all, before.ImplementationType!)), all));
    }
}
