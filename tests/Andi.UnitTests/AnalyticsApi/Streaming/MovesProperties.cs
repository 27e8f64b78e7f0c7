using Andi.AnalyticsApi.Positions;
using Andi.AnalyticsApi.Streaming;
using Andi.ChangeEvents;

namespace Andi.UnitTests.AnalyticsApi.Streaming;

/// <summary>
/// Random histories of a pipeline, of a page that draws a table anew when it is told that it moved, whose connection breaks, and of processes that tell it:
/// once nothing moves any more, the page shows what there is.
/// </summary>
public sealed class MovesProperties
{
    [Fact]
    public void Page_that_draws_what_it_is_told_shows_what_there_is()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var history = new History(new Random(seed));
            for (var step = 0; step < 60; step++)
            {
                history.Step();
            }

            history.Settle();
            history.Shown.ShouldBe(history.There, ignoreOrder: true, $"seed {seed}");
        }
    }

    private sealed class History
    {
        private static readonly (string Table, int Partition)[] Partitions = [("scores", 0), ("scores", 1), ("tests", 0), ("schools", 0)];

        private readonly Random _random;
        private readonly SetClock _clock = new();
        private readonly Queue<(Position Position, bool IsRow)>[] _sent = [.. Partitions.Select(_ => new Queue<(Position, bool)>())];
        private readonly AppliedPartition[] _applied;
        private readonly Dictionary<string, int> _there = [];
        private readonly Dictionary<string, int> _shown = [];
        private ulong _wal = 100;
        private Moves _moves;
        private Position? _last;
        private bool _isConnected;

        public History(Random random)
        {
            _random = random;
            _applied = [.. Partitions.Select(one =>
                new AppliedPartition($"andi.public.{one.Table}", one.Partition, 0, Position.EndOf(99), default, default, 0))];
            foreach (var table in Partitions.Select(one => one.Table).Distinct())
            {
                (_there[table], _shown[table]) = (0, 0);
            }

            _moves = new Moves(TimeSpan.FromSeconds(1), _clock);
            // The page is drawn, and then asks to be told what moved since.
            _last = Position.EndOf(99);
        }

        public IEnumerable<KeyValuePair<string, int>> There => _there;

        public IEnumerable<KeyValuePair<string, int>> Shown => _shown;

        public void Step()
        {
            switch (_random.Next(10))
            {
                case 0 or 1:
                    Write(_random.Next(1, 4));
                    break;
                case 2 or 3:
                    Beat();
                    break;
                case 4 or 5 or 6:
                    var partition = _random.Next(Partitions.Length);
                    Apply(partition, _random.Next(1, 4));
                    break;
                case 7:
                    Look();
                    break;
                case 8 when _random.Next(3) == 0:
                    Replay(_random.Next(Partitions.Length));
                    break;
                case 9 when _random.Next(6) == 0:
                    // Another process, or the same one after a restart.
                    (_moves, _isConnected) = (new Moves(TimeSpan.FromSeconds(1), _clock), false);
                    break;
                case 9:
                    if (_isConnected)
                    {
                        _isConnected = false;
                    }
                    else
                    {
                        Connect();
                    }

                    break;
            }

            _clock.Advance(TimeSpan.FromMilliseconds(_random.Next(300)));
        }

        public void Settle()
        {
            Beat();
            for (var partition = 0; partition < Partitions.Length; partition++)
            {
                Apply(partition, int.MaxValue);
            }

            if (!_isConnected)
            {
                Connect();
            }

            for (var look = 0; look < 3; look++)
            {
                Look();
                _clock.Advance(TimeSpan.FromSeconds(1));
            }
        }

        // Rows of one transaction, in tables of any kind.
        private void Write(int rows)
        {
            for (var row = 0; row < rows; row++)
            {
                _sent[_random.Next(Partitions.Length)].Enqueue((new Position(_wal, (uint)row), true));
            }

            _wal += 10;
        }

        private void Beat()
        {
            foreach (var partition in _sent)
            {
                partition.Enqueue((Position.EndOf(_wal - 1), false));
            }

            // What others write, which is not captured.
            _wal += (ulong)_random.Next(2) * 10;
        }

        private void Apply(int partition, int most)
        {
            var rows = 0;
            for (; most > 0 && _sent[partition].TryDequeue(out var message); most--)
            {
                rows += message.IsRow ? 1 : 0;
                _applied[partition] = _applied[partition] with { Position = message.Position };
            }

            Insert(partition, rows);
        }

        private void Replay(int partition) => Insert(partition, 1);

        private void Insert(int partition, int rows)
        {
            _there[Partitions[partition].Table] += rows;
            _applied[partition] = _applied[partition] with { Inserts = _applied[partition].Inserts + Math.Min(1, rows) };
        }

        private void Look()
        {
            if (_moves.Observe(new AppliedState(1, [.. _applied])) is { } moved && _isConnected)
            {
                Draw(moved);
            }
            else if (_isConnected)
            {
                // A sign of life tells the position, too.
                _last = _moves.Position;
            }
        }

        // As in the feed: after a look.
        private void Connect()
        {
            Look();
            _isConnected = true;
            Draw(_moves.Since(_last));
        }

        private void Draw(Moved moved)
        {
            _last = moved.Position;
            foreach (var table in moved.Tables)
            {
                _shown[table] = _there[table];
            }
        }
    }
}
