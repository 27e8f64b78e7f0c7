namespace Andi.Simulation.Scheduling;

/// <summary>
/// A request on its way to a store. It is executed when the schedule says so, even after its sender gave up or crashed; its answer, if anybody still waits
/// for one, comes later still.
/// </summary>
internal abstract class Request(string name, ProcessContext sender)
{
    public string Name => name;

    public ProcessContext Sender => sender;

    public bool IsExecuted { get; protected set; }

    /// <summary>Nobody waits for the answer any more.</summary>
    public bool IsAbandoned { get; set; }

    public abstract void Execute();

    public abstract void Answer();

    public abstract void Fail(Exception exception);
}

internal sealed class Request<T>(string name, ProcessContext sender, Func<T> effect) : Request(name, sender)
{
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;
    private Exception? _refusal;

    public Task<T> Completion => _answer.Task;

    public override void Execute()
    {
        IsExecuted = true;
        try
        {
            _result = effect();
        }
        catch (SimulatedFault refusal)
        {
            _refusal = refusal;
        }
    }

    public override void Answer()
    {
        if (_refusal is null)
        {
            _answer.SetResult(_result!);
        }
        else
        {
            _answer.SetException(_refusal);
        }
    }

    public override void Fail(Exception exception) => _answer.SetException(exception);
}
