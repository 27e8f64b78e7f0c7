using System.Text.Json;
using Andi.Oltp.Areas;
using Andi.Oltp.Imports;
using Andi.Oltp.Records;
using Andi.Oltp.Storage;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace Andi.UnitTests.Oltp;

public sealed class SubjectAreaTests
{
    [Fact]
    public void Areas_come_after_those_that_they_depend_on_whatever_their_names() =>
        SubjectAreas.InOrder([new Area("absence", "timetable"), new Area("marks", "absence", "timetable"), new Area("timetable"), new Area("alone")])
            .Select(area => area.Name).ShouldBe(["alone", "timetable", "absence", "marks"]);

    [Theory]
    [InlineData("timetable", "missing")]
    [InlineData("timetable", "timetable")]
    public void Areas_that_cannot_be_ordered_are_named(string name, string dependsOn) =>
        Should.Throw<InvalidOperationException>(() => SubjectAreas.InOrder([new Area("alone"), new Area(name, dependsOn)]))
            .Message.ShouldContain(": timetable.");

    [Fact]
    public void Every_property_of_a_body_is_a_field_of_its_list()
    {
        foreach (var record in SubjectAreas.All.SelectMany(area => area.Records))
        {
            var properties = record.BodyType.GetProperties().Select(property => JsonNamingPolicy.CamelCase.ConvertName(property.Name));
            properties.Where(name => name != record.Key.Name)
                .ShouldBe(record.Shapes.Select(field => field.Name).Concat(record.Lists), ignoreOrder: true, record.Table);
        }
    }

    [Fact]
    public void Imports_read_every_field_once()
    {
        foreach (var area in SubjectAreas.All)
        {
            var imports = area.DefineImports(new IdSource(TimeProvider.System)).ToDictionary(import => import.Entity);
            foreach (var record in area.Records)
            {
                imports[record.Table].Columns.Select(column => column.Name).Where(name => name != "new_id")
                    .ShouldBe(record.Shapes.Prepend(record.Key).Select(field => field.Column), record.Table);
            }
        }
    }

    private sealed class Area(string name, params string[] dependsOn) : SubjectArea
    {
        public override string Name => name;

        public override IReadOnlyList<string> DependsOn => dependsOn;

        public override IReadOnlyList<IFieldList> Records => [];

        public override IReadOnlyList<ImportDefinition> DefineImports(IdSource ids) => [];

        public override void MapEndpoints(RouteGroupBuilder v1)
        {
        }

        public override void AddStorage(IServiceCollection services)
        {
        }

        public override DbContext CreateContext(NpgsqlDataSource dataSource) => throw new NotSupportedException();
    }
}
