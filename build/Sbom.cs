// dotnet run build/Sbom.cs -- PROJECT.ASSETS.JSON SBOM.JSON [LICENCES.MD]
//
// Writes what a program is made of: a CycloneDX 1.6 bill of materials from the restore that it was built with, and, where asked for, the
// table of licences. The same restore gives the same bytes. A licence that is not in the list below ends it with an error: somebody has to
// read it first.
#:property PublishAot=false
#:property RestorePackagesWithLockFile=false
#:property GenerateDocumentationFile=false
#:property RunAnalyzers=false
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Xml.Linq;

const string Microsoft = "Microsoft Software License Terms";
string[] read = ["MIT", "Apache-2.0", "BSD-3-Clause", "BSD-2-Clause", "PostgreSQL", "MS-PL", "Apache-2.0 OR MPL-2.0", Microsoft];

// Packages that name their licence by address or file only, as it was read there.
var told = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase)
{
    ["MediatR"] = "Apache-2.0",
    ["Google.Protobuf"] = "BSD-3-Clause",
    ["Microsoft.Data.SqlClient.SNI.runtime"] = Microsoft,           // SQL Server's native library for Windows; may be passed on with a program
};

if (args.Length is < 2 or > 3)
{
    Console.Error.WriteLine("usage: dotnet run build/Sbom.cs -- project.assets.json sbom.json [licences.md]");
    return 2;
}

var assets = JsonNode.Parse(File.ReadAllText(args[0]))!;
var project = assets["project"]!;
var folders = assets["packageFolders"]!.AsObject().Select(folder => folder.Key).ToList();
var packages = (
    from library in assets["libraries"]!.AsObject()
    where (string?)library.Value!["type"] == "package"
    let path = (string)library.Value["path"]!
    let folder = folders.Select(root => Path.Combine(root, path)).First(Directory.Exists)
    let nuspec = XDocument.Load(Directory.EnumerateFiles(folder, "*.nuspec").Single()).Root!
    let about = nuspec.Elements().Single(element => element.Name.LocalName == "metadata")
    orderby library.Key.ToUpperInvariant()
    select new Package(
        library.Key.Split('/')[0], library.Key.Split('/')[1], Convert.ToHexStringLower(Convert.FromBase64String((string)library.Value["sha512"]!)), Licence(library.Key.Split('/')[0], about), Text(about, "projectUrl"))).ToList();

var unread = packages.Where(package => !read.Contains(package.Licence)).ToList();
if (unread.Count > 0)
{
    Console.Error.WriteLine($"Read these licences first, then add them to build/Sbom.cs: {string.Join(", ", unread.Select(package => $"{package.Name} {package.Version} ({package.Licence})"))}");
    return 1;
}

var name = (string)project["restore"]!["projectName"]!;
var version = (string)project["version"]!;
var target = assets["targets"]!.AsObject().First().Value!.AsObject();
var byName = packages.ToDictionary(package => package.Name, StringComparer.OrdinalIgnoreCase);
var bill = new JsonObject
{
    ["bomFormat"] = "CycloneDX",
    ["specVersion"] = "1.6",
    ["version"] = 1,
    ["metadata"] = new JsonObject { ["component"] = new JsonObject { ["type"] = "application", ["bom-ref"] = name, ["name"] = name, ["version"] = version } },
    ["components"] = new JsonArray([.. packages.Select(Component)]),
    ["dependencies"] = new JsonArray([Depends(name, Direct()), .. packages.Select(package => Depends(package.Url, Below(package)))]),
};
bill.Insert(2, "serialNumber", $"urn:uuid:{new Guid(SHA256.HashData(Encoding.UTF8.GetBytes(bill.ToJsonString()))[..16])}");
File.WriteAllText(args[1], bill.ToJsonString(new JsonSerializerOptions { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }) + "\n");
if (args.Length == 3)
{
    var lines = packages.Select(package => $"| {package.Name} | {package.Version} | {package.Licence} | {package.Home} |");
    File.WriteAllText(args[2], $"""
        # Libraries and their licences

        What {name} is built with, written by `build/Sbom.cs` from the lock files; the published program carries the same as a CycloneDX bill of
        materials (`sbom.cdx.json`). The framework itself (ASP.NET Core and .NET 10, MIT) is not listed.

        | library | version | licence | home |
        |---|---|---|---|
        {string.Join('\n', lines)}

        """.ReplaceLineEndings("\n"));
}

Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{packages.Count} libraries"));
return 0;

string Licence(string id, XElement about) =>
    about.Elements().FirstOrDefault(element => element.Name.LocalName == "license") is { } element && (string?)element.Attribute("type") == "expression" ? element.Value
    : told.TryGetValue(id, out var known) ? known
    : (Text(about, "licenseUrl") ?? "none named").Replace("https://licenses.nuget.org/", "", StringComparison.Ordinal);

static string? Text(XElement about, string field) => about.Elements().FirstOrDefault(element => element.Name.LocalName == field)?.Value;

static JsonNode Component(Package package) => new JsonObject
{
    ["type"] = "library",
    ["bom-ref"] = package.Url,
    ["name"] = package.Name,
    ["version"] = package.Version,
    ["hashes"] = new JsonArray(new JsonObject { ["alg"] = "SHA-512", ["content"] = package.Hash }),
    ["licenses"] = new JsonArray(package.Licence.Contains(' ', StringComparison.Ordinal) && !package.Licence.StartsWith("Microsoft", StringComparison.Ordinal)
        ? new JsonObject { ["expression"] = package.Licence }
        : new JsonObject { ["license"] = new JsonObject { [package.Licence.Contains(' ', StringComparison.Ordinal) ? "name" : "id"] = package.Licence } }),
    ["purl"] = package.Url,
};

IEnumerable<string> Direct() =>
    from package in project["frameworks"]!.AsObject().First().Value!["dependencies"]?.AsObject() ?? []
    where byName.ContainsKey(package.Key)
    select byName[package.Key].Url;

IEnumerable<string> Below(Package package) =>
    from below in target[$"{package.Name}/{package.Version}"]?["dependencies"]?.AsObject() ?? []
    where byName.ContainsKey(below.Key)
    select byName[below.Key].Url;

static JsonNode Depends(string what, IEnumerable<string> on) => new JsonObject { ["ref"] = what, ["dependsOn"] = new JsonArray([.. on.Order(StringComparer.Ordinal).Select(url => (JsonNode)url)]) };

internal sealed record Package(string Name, string Version, string Hash, string Licence, string? Home)
{
    public string Url => $"pkg:nuget/{Name}@{Version}";
}
