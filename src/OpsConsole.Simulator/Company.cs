namespace OpsConsole.Simulator;

/// <summary>The make-believe company: its units, legal entities, terms and wares. All invented.</summary>
internal static class Company
{
    public static readonly IReadOnlyList<LegalEntity> LegalEntities =
    [
        new("DE01", "EMEA", "DE", "EUR", ["DE-VAT19", "DE-VAT7", "EU-REVERSE"], "GmbH"),
        new("FR01", "EMEA", "FR", "EUR", ["FR-VAT20", "FR-VAT5", "EU-REVERSE"], "SAS"),
        new("UK02", "EMEA", "GB", "GBP", ["GB-VAT20", "GB-ZERO"], "Ltd"),
        new("US01", "AMER", "US", "USD", ["US-NY-SALES", "US-CA-SALES", "US-EXEMPT"], "Inc."),
        new("CA01", "AMER", "CA", "CAD", ["CA-ON-HST13", "CA-GST5", "CA-QC-QST"], "Inc."),
        new("AU01", "APAC", "AU", "AUD", ["AU-GST10", "AU-FREE"], "Pty Ltd"),
        new("JP01", "APAC", "JP", "JPY", ["JP-CT10", "JP-CT8"], "KK"),
        new("SG01", "APAC", "SG", "SGD", ["SG-GST9", "SG-ZERO"], "Pte Ltd"),
    ];

    public static readonly IReadOnlyList<string> Units = ["EMEA", "AMER", "APAC"];

    public static readonly IReadOnlyList<string> PaymentTerms = ["DUE-ON-RECEIPT", "NET14", "NET30", "NET45", "NET60"];

    public static readonly IReadOnlyList<string> Products =
    [
        "Flow meter FM-200", "Sensor kit SK-12", "Control unit CU-9", "Gateway G4", "Spare parts", "Calibration", "Annual licence",
        "Premium support", "Pump station PS-50", "Retrofit package",
    ];

    public static readonly IReadOnlyList<string> Services =
        ["Plant migration", "Data platform roll-out", "Commissioning", "Integration project", "Energy audit", "Training programme"];

    public static LegalEntity? Find(string? code) => LegalEntities.FirstOrDefault(entity => entity.Code == code);
}

/// <summary>One legal entity: where it is, in what it bills, and the tax profiles that its books know.</summary>
internal sealed record LegalEntity(
    string Code, string BusinessUnit, string Region, string Currency, IReadOnlyList<string> TaxProfiles, string Suffix)
{
    public int Decimals => Currency is "JPY" ? 0 : 2;

    /// <summary>Roughly how many units of the currency one euro buys; only to make amounts look native.</summary>
    public decimal PerEuro => Currency switch
    {
        "GBP" => 0.86m,
        "USD" => 1.09m,
        "CAD" => 1.51m,
        "AUD" => 1.66m,
        "JPY" => 164m,
        "SGD" => 1.43m,
        _ => 1m,
    };
}
