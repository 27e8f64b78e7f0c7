using System.Text;

namespace Andi.IntegrationTests.Oltp.Imports;

/// <summary>Imports with a mapping.</summary>
internal static class ImportForms
{
    public static Task<HttpResponseMessage> ImportMappedAsync(this HttpClient http, string entity, string? mapping, string csv, string query = "") =>
        http.ImportMappedAsync(entity, mapping, Encoding.UTF8.GetBytes(csv), query);

    public static Task<HttpResponseMessage> ImportMappedAsync(this HttpClient http, string entity, string? mapping, byte[] csv, string query = "")
    {
        var form = new MultipartFormDataContent();
        if (mapping is not null)
        {
            form.Add(new StringContent(mapping, Encoding.UTF8, "application/json"), "mapping");
        }

        form.Add(new ByteArrayContent(csv) { Headers = { ContentType = new("text/csv") } }, "file", "file.csv");
        return http.PostAsync($"v1/imports/{entity}{query}", form, TestContext.Current.CancellationToken);
    }
}
