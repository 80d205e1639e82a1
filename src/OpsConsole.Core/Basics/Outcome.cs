using System.Diagnostics.CodeAnalysis;

namespace OpsConsole.Basics;

/// <summary>What lets the steps around a request answer for it without knowing its type.</summary>
public interface IOutcome<TSelf>
{
    static abstract TSelf Refused(Refusal refusal);

    Refusal? Refusal { get; }
}

/// <summary>Either the value that was asked for or a <see cref="Refusal"/>. Faults are exceptions and never travel in here.</summary>
[SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "Refused is the contract of IOutcome.")]
[SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "Outcome.Of and Refused are the names.")]
public sealed class Outcome<T> : IOutcome<Outcome<T>>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    public T? Value { get; }

    public Refusal? Refusal { get; }

    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool Accepted => Refusal is null;

    public static Outcome<T> Refused(Refusal refusal) => new(default, refusal);

    internal static Outcome<T> Of(T value) => new(value, null);

    public TAnswer Match<TAnswer>(Func<T, TAnswer> accepted, Func<Refusal, TAnswer> refused) =>
        Refusal is null ? accepted(Value!) : refused(Refusal);

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}

/// <summary>For values whose type the compiler will not convert by itself (interfaces).</summary>
public static class Outcome
{
    public static Outcome<T> Of<T>(T value) => Outcome<T>.Of(value);
}
