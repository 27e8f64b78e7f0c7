using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Andi.Oltp.Areas.Assessments.Migrations
{
    /// <summary>
    /// What keeps scores on the scale of their test locks the test and looks at all scores, whoever writes: it runs as the owner of the tables, not as the
    /// caller, who may neither lock tests nor see the scores of others.
    /// </summary>
    [DbContext(typeof(AssessmentsDbContext))]
    [Migration("20261201001500_ScalesForEveryCaller")]
    public sealed class ScalesForEveryCaller : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            ALTER FUNCTION public.scores_fit_their_test() SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
            ALTER FUNCTION public.tests_fit_their_scores() SECURITY DEFINER SET search_path = pg_catalog, pg_temp;
            """);

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder) => migrationBuilder.Sql("""
            ALTER FUNCTION public.scores_fit_their_test() SECURITY INVOKER RESET search_path;
            ALTER FUNCTION public.tests_fit_their_scores() SECURITY INVOKER RESET search_path;
            """);
    }
}
