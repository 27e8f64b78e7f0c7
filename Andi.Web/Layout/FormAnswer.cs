using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Andi.Web.Layout;

/// <summary>
/// Answers a form with its page: what was typed, or what is in a file, is kept nowhere but in that answer. A form that did what it should redirects instead.
/// </summary>
internal static class FormAnswer
{
    /// <param name="status">Of the answer; 0, where an API did not answer, becomes 502.</param>
    /// <param name="parameters">Of the page; those that are null are left out.</param>
    public static RazorComponentResult<FormPage> With<TPage>(int status, params (string Name, object? Value)[] parameters)
        where TPage : IComponent => new(new Dictionary<string, object?>
        {
            [nameof(FormPage.Page)] = typeof(TPage),
            [nameof(FormPage.Parameters)] = parameters.Where(parameter => parameter.Value is not null)
                .ToDictionary(parameter => parameter.Name, parameter => parameter.Value!),
        })
        {
            StatusCode = status == 0 ? StatusCodes.Status502BadGateway : status,
            PreventStreamingRendering = true,
        };
}
