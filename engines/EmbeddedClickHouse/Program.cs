using Andi.EmbeddedClickHouse;
using Microsoft.Extensions.Options;

try
{
    await using var server = Server.Build(args);
    await server.RunAsync();
    return 0;
}
catch (OptionsValidationException invalid)
{
    foreach (var failure in invalid.Failures)
    {
        Console.Error.WriteLine(failure);
    }

    return 1;
}
catch (Exception error) when (error is StartException or IOException or UnauthorizedAccessException or InvalidOperationException { InnerException: not null })
{
    // IOException: the address is taken. InvalidOperationException: a configured value is not of its type.
    Console.Error.WriteLine(error.Message);
    return 1;
}
