namespace Andi.Web.Areas.Assessments;

/// <summary>Names the texts of the pages about scores (AssessmentsTexts.resx and those of other languages beside it).</summary>
public sealed class AssessmentsTexts;
