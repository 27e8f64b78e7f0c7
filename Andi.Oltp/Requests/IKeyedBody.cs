namespace Andi.Oltp.Requests;

/// <summary>The JSON body of <c>PUT /v1/{plural}/{id}</c>.</summary>
/// <typeparam name="TEntity">What it creates or replaces.</typeparam>
public interface IKeyedBody<TEntity>
    where TEntity : class
{
    /// <summary>Adds what is wrong with the body's own fields; whether what they refer to exists is the database's to say.</summary>
    void Validate(FieldErrors errors);

    /// <summary>Called only when <see cref="Validate"/> found nothing.</summary>
    TEntity Create(string id);

    /// <summary>Replaces all of the entity but its id. Called only when <see cref="Validate"/> found nothing.</summary>
    void Apply(TEntity entity);
}
