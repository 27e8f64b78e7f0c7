using Andi.Oltp.Areas.Schools;
using Andi.Oltp.Records;
using Andi.Oltp.Validation;

namespace Andi.Oltp.Areas.Coaching;

/// <summary>Something that teachers can use: a lesson plan, a video.</summary>
public sealed class Resource
{
    public required string ResourceId { get; set; }

    public required string Title { get; set; }

    /// <summary>For example <c>video</c>.</summary>
    public required string Kind { get; set; }

    public required string Subject { get; set; }

    /// <summary>For example <c>3-5</c>.</summary>
    public required string GradeBand { get; set; }
}

/// <summary>A resource as it is written.</summary>
public sealed record ResourceBody
{
    internal static readonly FieldList<ResourceBody, Resource> Fields =
        new FieldList<ResourceBody, Resource>("resources", "resourceId", body => body.ResourceId, (resource, id) => resource.ResourceId = id)
            .FilteredBy("kind", "subject")
            .Text("title", body => body.Title, (resource, title) => resource.Title = title, TextRules.Text(300))
            .Text("kind", body => body.Kind, (resource, kind) => resource.Kind = kind, TextRules.Text(64))
            .Text("subject", body => body.Subject, (resource, subject) => resource.Subject = subject, SchoolRules.Subject)
            .Text("gradeBand", body => body.GradeBand, (resource, band) => resource.GradeBand = band, TextRules.Text(32));

    /// <summary>May be left out; else that of the path.</summary>
    public string? ResourceId { get; init; }

    public string? Title { get; init; }

    /// <summary>For example <c>video</c>.</summary>
    public string? Kind { get; init; }

    public string? Subject { get; init; }

    /// <summary>For example <c>3-5</c>.</summary>
    public string? GradeBand { get; init; }
}
