using Andi.Oltp.Assessments.Districts;
using Andi.Oltp.Assessments.Schools;
using Andi.Oltp.Assessments.Scores;
using Andi.Oltp.Assessments.Students;
using Andi.Oltp.Assessments.Teachers;
using Andi.Oltp.Assessments.Tests;
using Microsoft.EntityFrameworkCore;

namespace Andi.Oltp.Assessments;

public sealed class AssessmentsDbContext(DbContextOptions<AssessmentsDbContext> options) : DbContext(options)
{
    public DbSet<District> Districts => Set<District>();

    public DbSet<School> Schools => Set<School>();

    public DbSet<Teacher> Teachers => Set<Teacher>();

    public DbSet<Student> Students => Set<Student>();

    public DbSet<Test> Tests => Set<Test>();

    public DbSet<Score> Scores => Set<Score>();

    protected override void OnModelCreating(ModelBuilder modelBuilder) => modelBuilder
        .ApplyConfiguration(new DistrictConfiguration())
        .ApplyConfiguration(new SchoolConfiguration())
        .ApplyConfiguration(new TeacherConfiguration())
        .ApplyConfiguration(new StudentConfiguration())
        .ApplyConfiguration(new TestConfiguration())
        .ApplyConfiguration(new ScoreConfiguration());
}
