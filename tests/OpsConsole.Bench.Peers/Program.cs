using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using MassTransit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpsConsole.Bench.Peers;

// MassTransit with RabbitMQ and EF Core: events wait in a durable queue, then a consumer in batches of 200 stores them.
// usage: OpsConsole.Bench.Peers BROKER CONNECTION FILE   (FILE: one JSON array of events a line); prints {"jobs": n, "seconds": s}
CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var (broker, connection, file) = (args[0], args[1], args[2]);
var web = new JsonSerializerOptions(JsonSerializerDefaults.Web);
var events = File.ReadLines(file).SelectMany(line => JsonSerializer.Deserialize<List<EventSent>>(line, web)!).ToList();
var tally = new Tally(events.Count);

// Not disposed before the end: MassTransit keeps the first host's log for the whole process.
using var sending = Build(consumes: false);
await sending.StartAsync();
var queue = await sending.Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:peer-events"));
foreach (var some in events.Chunk(500))
{
    await Task.WhenAll(some.Select(sent => queue.Send(sent)));
}

await sending.StopAsync();

using var storing = Build(consumes: true);
await using (var scope = storing.Services.CreateAsyncScope())
{
    var db = scope.ServiceProvider.GetRequiredService<PeerDb>();
    await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript());
}

var watch = Stopwatch.StartNew();
await storing.StartAsync();
await tally.All;
Console.WriteLine(JsonSerializer.Serialize(new { jobs = events.Count, seconds = watch.Elapsed.TotalSeconds }));
await storing.StopAsync();

IHost Build(bool consumes)
{
    var builder = Host.CreateApplicationBuilder();
    builder.Logging.SetMinimumLevel(LogLevel.Error);
    builder.Services.AddSingleton(tally);
    builder.Services.AddDbContext<PeerDb>(options => options.UseNpgsql(connection));
    builder.Services.AddMassTransit(bus =>
    {
        bus.AddConsumer<StoreEvents>();
        bus.UsingRabbitMq((context, rabbit) =>
        {
            rabbit.Host(new Uri(broker));
            if (consumes)
            {
                rabbit.ReceiveEndpoint("peer-events", endpoint =>
                {
                    endpoint.PrefetchCount = 2_000;
                    endpoint.Batch<EventSent>(batch =>
                    {
                        batch.MessageLimit = 200;
                        batch.ConcurrencyLimit = 4;
                        batch.TimeLimit = TimeSpan.FromMilliseconds(500);
                        batch.Consumer<StoreEvents, EventSent>(context);
                    });
                });
            }
        });
    });
    return builder.Build();
}
