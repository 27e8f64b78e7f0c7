using Google.OrTools.LinearSolver;

namespace Andi.UnitTests.AnalyticsApi.Disclosure;

/// <summary>
/// Puts everything that answers say into one linear program over the values that people had, from 0 to 100, and asks it for the lowest and the highest average
/// that a set of them can have.
/// </summary>
internal sealed class Attacker : IDisposable
{
    // Where the bands begin, the highest first as answers have them.
    private static readonly (double From, double To)[] Bands = [(90, 100), (80, 90), (70, 80), (0, 70)];

    private readonly Solver _solver = Solver.CreateSolver("GLOP");
    private readonly Dictionary<Held, Variable> _values = [];
    private readonly Dictionary<(Held Value, int Band), Variable> _bands = [];
    private readonly HashSet<string> _known = [];

    public int Equations => _solver.NumConstraints();

    public void Dispose() => _solver.Dispose();

    public bool HasSeen(Held value) => _values.ContainsKey(value);

    /// <summary>Learns an answer.</summary>
    public void Learn(Observation seen)
    {
        var key = string.Join(',', seen.Of.Select(one => $"{one.Person}/{one.Measure}/{one.Value}").Order(StringComparer.Ordinal));
        if (!_known.Add($"{key} {seen.Median} {seen.Deviation} {(seen.Shares is null ? "" : string.Join(';', seen.Shares))}"))
        {
            return;
        }

        var sum = Math.Round(seen.Average * seen.Of.Count, 4);
        var equation = _solver.MakeConstraint(sum, sum);
        // Who moved may be in two blocks for a while.
        var times = seen.Of.CountBy(one => one).ToList();
        foreach (var (one, count) in times)
        {
            equation.SetCoefficient(Value(one), count);
        }

        // Nobody is further from the average than this (Samuelson); half of the values are not below the median, and half not above.
        var n = seen.Of.Count;
        var (low, high) = (0.0, 100.0);
        if (seen.Deviation is { } deviation)
        {
            var reach = (deviation + 0.5) * Math.Sqrt(n - 1);
            (low, high) = (Math.Max(low, seen.Average - reach), Math.Min(high, seen.Average + reach));
        }

        if (seen.Median is { } median)
        {
            var others = (n / 2) - 1;
            high = Math.Min(high, sum - (others * (median - 0.5)));
            low = Math.Max(low, sum - (others * (median + 0.5)) - ((n - 1 - others) * 100));
        }

        foreach (var value in seen.Of.Select(Value))
        {
            value.SetBounds(Math.Max(value.Lb(), low), Math.Min(value.Ub(), high));
        }

        for (var band = 0; seen.Shares is not null && band < seen.Shares.Count; band++)
        {
            var share = _solver.MakeConstraint((seen.Shares[band].Low - 1e-4) * n, (seen.Shares[band].High + 1e-4) * n);
            foreach (var (one, count) in times)
            {
                share.SetCoefficient(Band(one, band), count);
            }
        }
    }

    /// <summary>Knows a value anyway.</summary>
    public void Know(Held value) => Value(value).SetBounds(value.Value / 10_000.0, value.Value / 10_000.0);

    /// <summary>Between which averages the values lie, all of which were seen.</summary>
    public (double Low, double High) Average(IReadOnlyCollection<Held> values)
    {
        var objective = _solver.Objective();
        objective.Clear();
        foreach (var value in values)
        {
            objective.SetCoefficient(_values[value], 1.0 / values.Count);
        }

        objective.SetMinimization();
        var low = Solve();
        objective.SetMaximization();
        var high = Solve();

        // Else the equations are wrong, or their solver is.
        values.Average(value => value.Value / 10_000.0).ShouldBeInRange(low - 1e-3, high + 1e-3);
        return (low, high);

        double Solve()
        {
            var status = _solver.Solve();
            (status is Solver.ResultStatus.OPTIMAL).ShouldBeTrue($"{status}: what was told contradicts itself");
            return objective.Value();
        }
    }

    private Variable Value(Held value)
    {
        if (!_values.TryGetValue(value, out var variable))
        {
            _values.Add(value, variable = _solver.MakeNumVar(0, 100, ""));
        }

        return variable;
    }

    // A value is in one band, and lies where the band does.
    private Variable Band(Held value, int band)
    {
        if (!_bands.TryGetValue((value, band), out _))
        {
            var one = _solver.MakeConstraint(1, 1);
            var above = _solver.MakeConstraint(0, double.PositiveInfinity);
            var below = _solver.MakeConstraint(double.NegativeInfinity, 0);
            above.SetCoefficient(Value(value), 1);
            below.SetCoefficient(Value(value), 1);
            for (var each = 0; each < Bands.Length; each++)
            {
                var variable = _solver.MakeNumVar(0, 1, "");
                _bands.Add((value, each), variable);
                one.SetCoefficient(variable, 1);
                above.SetCoefficient(variable, -Bands[each].From);
                below.SetCoefficient(variable, -Bands[each].To);
            }
        }

        return _bands[(value, band)];
    }
}
