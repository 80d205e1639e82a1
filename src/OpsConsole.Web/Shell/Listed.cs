namespace OpsConsole.Web.Shell;

/// <summary>A list as the API answers it.</summary>
/// <param name="Items">The rows of this page.</param>
/// <param name="Total">How many there are in all, exactly.</param>
/// <param name="Next">For <c>?after=</c>; null: this is the last page.</param>
internal sealed record Listed<T>(IReadOnlyList<T> Items, long Total, string? Next);
