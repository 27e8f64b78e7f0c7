using Andi.Warehouse.Migrations;
using Andi.Warehouse.Models;

namespace Andi.UnitTests.Warehouse;

public sealed class ModelTests
{
    private static readonly IReadOnlyList<Model> All = Model.All();

    [Fact]
    public void Each_layer_has_models() => All.Select(model => model.Layer).Distinct().Count().ShouldBe(3);

    [Fact]
    public void What_a_model_says_it_depends_on_is_what_it_reads() => All.ShouldAllBe(model => model.Declared.SequenceEqual(model.Derived));

    [Fact]
    public void Mart_is_refreshed_after_the_marts_that_it_reads() =>
        All.ShouldAllBe(model => model.RefreshedAfter.SequenceEqual(model.Derived.Where(name => name.StartsWith("marts."))));

    [Fact]
    public void Model_stands_on_models_of_its_layer_or_below_that_are_made_before_it()
    {
        var made = new Dictionary<string, ModelLayer>();
        foreach (var model in All)
        {
            foreach (var name in model.Derived.Where(name => name.StartsWith("models.") || name.StartsWith("marts.")))
            {
                made.ShouldContainKey(name, $"{model.Name} comes before it");
                ((int)made[name]).ShouldBeLessThanOrEqualTo((int)model.Layer, $"{model.Name} reads {name}");
            }

            (model.Layer == ModelLayer.Staging)
                .ShouldBe(model.Derived is [var only] && !only.StartsWith("models."), $"{model.Name}: a staging model cleans one table of the warehouse");
            made.Add(model.Name, model.Layer);
        }
    }

    [Theory]
    [InlineData("SELECT 1;", "makes no model")]
    [InlineData("CREATE OR REPLACE VIEW models.stg_a AS SELECT 1 FROM a.b;", "does not say what it depends on")]
    [InlineData("-- depends on: a.b\nCREATE OR REPLACE VIEW models.a AS SELECT 1 FROM a.b;", "models.a: a model is named")]
    public void File_that_is_none_is_refused(string text, string reason) =>
        Should.Throw<FormatException>(() => Model.Parse(MigrationFile.Parse("a/marts/R__110_a.sql", text))).Message.ShouldContain(reason);

    [Fact]
    public void What_is_read_is_found_wherever_it_stands()
    {
        var model = Model.Parse(MigrationFile.Parse(
            "a/marts/R__130_mart_a.sql",
            "-- depends on: marts.b, models.int_c\nDROP VIEW IF EXISTS marts.a;\n"
            + "CREATE MATERIALIZED VIEW IF NOT EXISTS marts.a\nREFRESH EVERY 5 MINUTE DEPENDS ON marts.b\nENGINE = MergeTree\nORDER BY x\nAS\n"
            + "-- FROM models.stg_of_a_comment\nSELECT x FROM marts.b WHERE x IN (SELECT x FROM models.int_c) AND y IN (SELECT y FROM marts.b);"));
        model.Derived.ShouldBe(["marts.b", "models.int_c"]);
        model.RefreshedAfter.ShouldBe(["marts.b"]);
        model.Layer.ShouldBe(ModelLayer.Mart);
    }
}
