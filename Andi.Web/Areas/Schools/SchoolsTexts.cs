namespace Andi.Web.Areas.Schools;

/// <summary>Names the texts about schools (SchoolsTexts.resx and those of other languages beside it).</summary>
public sealed class SchoolsTexts;
