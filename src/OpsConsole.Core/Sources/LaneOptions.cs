using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace OpsConsole.Sources;

/// <summary>Who goes first when not all can: at the door by the source's priority, in folding by the type of object. Nobody waits for ever.</summary>
public enum Lane : short
{
    /// <summary>Money: refused last, folded first.</summary>
    First = 0,

    Normal = 1,

    /// <summary>What can wait: refused first, folded when there is room.</summary>
    Later = 2,
}

/// <summary>The settings under <c>Lanes</c>.</summary>
public sealed class LaneOptions : IValidatableObject
{
    public const string Section = "Lanes";

    private const int MostWeight = 100;

    /// <summary>In which lane facts about an entity type are folded; a type that is not named goes in the normal one. Settings add to these and override them.</summary>
    public Dictionary<string, Lane> EntityTypes { get; init; } = new(StringComparer.Ordinal)
    {
        ["order"] = Lane.First,
        ["sales-order"] = Lane.First,
        ["invoice"] = Lane.First,
        ["payment"] = Lane.First,
        ["credit-memo"] = Lane.First,
        ["credit-note"] = Lane.First,
        ["refund"] = Lane.First,
        ["journal-entry"] = Lane.First,
        ["contact"] = Lane.Later,
        ["lead"] = Lane.Later,
        ["campaign"] = Lane.Later,
        ["activity"] = Lane.Later,
    };

    /// <summary>Shares of each lane while all of them have work, from 1 to 100: with 8, 3 and 1 the later lane gets a twelfth, never nothing.</summary>
    public Dictionary<Lane, int> Weights { get; init; } = new() { [Lane.First] = 8, [Lane.Normal] = 3, [Lane.Later] = 1 };

    /// <summary>How full the intake's memory may be, in per cent, before a lane is refused. The rest is kept for the lanes before it; a quarter is kept for all of them by weight, so that none is shut out.</summary>
    public Dictionary<Lane, int> RefuseAbove { get; init; } = new() { [Lane.First] = 100, [Lane.Normal] = 85, [Lane.Later] = 60 };

    /// <summary>All lanes, the first one first.</summary>
    public static IReadOnlyList<Lane> All { get; } = [Lane.First, Lane.Normal, Lane.Later];

    /// <summary>The lane in which facts about such objects are folded.</summary>
    public Lane Of(string entityType) => EntityTypes.GetValueOrDefault(entityType, Lane.Normal);

    /// <summary>The lane's share of the work while every lane has some, relative to the other lanes'; at least 1.</summary>
    public int Weight(Lane lane) => Weights[lane];

    /// <summary>The lane's share of everything by weight, from 0 to 1.</summary>
    public double Share(Lane lane) => (double)Weights[lane] / All.Sum(Weight);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var lane in All)
        {
            if (Weights.GetValueOrDefault(lane) is < 1 or > MostWeight)
            {
                yield return Fault($"{nameof(Weights)}:{lane}", Weights.GetValueOrDefault(lane), $"must be from 1 to {MostWeight}, so that no lane starves");
            }

            if (RefuseAbove.GetValueOrDefault(lane) is < 1 or > 100)
            {
                yield return Fault($"{nameof(RefuseAbove)}:{lane}", RefuseAbove.GetValueOrDefault(lane), "must be a percentage from 1 to 100");
            }
        }

        if (RefuseAbove.GetValueOrDefault(Lane.Later) > RefuseAbove.GetValueOrDefault(Lane.Normal) || RefuseAbove.GetValueOrDefault(Lane.Normal) > RefuseAbove.GetValueOrDefault(Lane.First))
        {
            yield return new ValidationResult($"{Section}:{nameof(RefuseAbove)} must not rise from the first lane to the later one.", [nameof(RefuseAbove)]);
        }
    }

    private static ValidationResult Fault(string setting, int value, string wanted) => new($"{Section}:{setting} ({value}) {wanted}.", [setting]);
}

[OptionsValidator]
public sealed partial class LaneOptionsValidator : IValidateOptions<LaneOptions>;
