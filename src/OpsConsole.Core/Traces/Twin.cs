namespace OpsConsole.Traces;

/// <summary>Which of several healthy runs is set beside one that is not.</summary>
public static class Twin
{
    /// <summary>Of the same unit before any other, then the nearest in time, the earlier of two that are equally near; nothing when there are none.</summary>
    /// <param name="candidates">Healthy runs of the same kind.</param>
    /// <param name="at">When one started.</param>
    /// <param name="unit">Which unit it is of, as far as it is known.</param>
    /// <param name="near">When the run started that is compared.</param>
    /// <param name="same">Its unit; nothing: units do not count.</param>
    public static T? Pick<T>(IEnumerable<T> candidates, Func<T, DateTimeOffset> at, Func<T, string?> unit, DateTimeOffset near, string? same)
        where T : class =>
        candidates.OrderBy(one => same is null || unit(one) == same ? 0 : 1).ThenBy(one => (at(one) - near).Duration()).ThenBy(at).FirstOrDefault();
}
