using System.Text.Json;
using Microsoft.EntityFrameworkCore;

namespace OpsConsole.Bench.Peers;

/// <summary>An event on the queue: the same JSON that the console is sent.</summary>
public sealed record EventSent(string Source, string Id, string Type, DateTimeOffset Time, JsonElement Data);

/// <summary>What a team that stores events with EF Core keeps of one: the columns that it searches by, and the whole.</summary>
public sealed class StoredEvent
{
    public required string Source { get; init; }
    public required string Id { get; init; }
    public required string Type { get; init; }
    public required DateTimeOffset Time { get; init; }
    public required DateTimeOffset ReceivedAt { get; init; }
    public required string EntityType { get; init; }
    public required string EntityId { get; init; }
    public required string System { get; init; }
    public required string Outcome { get; init; }
    public string? State { get; init; }
    public string? BusinessUnit { get; init; }
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public required string Data { get; init; }

    public static StoredEvent Of(EventSent sent)
    {
        string? Text(string name) => sent.Data.TryGetProperty(name, out var value) ? value.ToString() : null;

        var entity = sent.Data.GetProperty("entity");
        return new StoredEvent
        {
            Source = sent.Source, Id = sent.Id, Type = sent.Type, Time = sent.Time.ToUniversalTime(), ReceivedAt = DateTimeOffset.UtcNow,
            EntityType = entity.GetProperty("type").GetString()!, EntityId = entity.GetProperty("id").GetString()!, System = Text("system")!, Outcome = Text("outcome")!, State = Text("state"),
            BusinessUnit = Text("businessUnit"), Amount = Text("amount") is { } amount ? decimal.Parse(amount, global::System.Globalization.CultureInfo.InvariantCulture) : null, Currency = Text("currency"),
            Data = sent.Data.GetRawText(),
        };
    }
}

/// <summary>Its table: the key by which an event is stored once, and two indexes as the console has.</summary>
public sealed class PeerDb(DbContextOptions<PeerDb> options) : DbContext(options)
{
    public DbSet<StoredEvent> Events => Set<StoredEvent>();

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        ArgumentNullException.ThrowIfNull(modelBuilder);
        var map = modelBuilder.Entity<StoredEvent>().ToTable("peer_events");
        map.HasKey(e => new { e.Source, e.Id });
        map.HasIndex(e => new { e.EntityType, e.EntityId });
        map.HasIndex(e => e.ReceivedAt);
    }
}
