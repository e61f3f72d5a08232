using Dialogue.Access;
using Dialogue.Organisations;
using Dialogue.Storage;

namespace Dialogue.Operations.Demo;

/// <summary>
/// What surrounds the invented people: units, named functions, the partner organisations of the three cases, and a second organisation in
/// the same installation, which sees nothing of the first.
/// </summary>
internal static class DemoChain
{
    public const string OtherName = "Landelijke Inkomensdienst";
    public static readonly Guid OtherId = Guid.Parse("0d1a1090-0000-7000-8000-000000000002");

    /// <summary>The one facilitator of the second organisation.</summary>
    public static readonly DemoOrganisation.Person Elsewhere = new(
        51,
        "Tessa Wiegman",
        "tessa.wiegman",
        StaffRole.Facilitator,
        "Gespreksleider bij een andere organisatie",
        "Facilitator of another organisation",
        "lid.voorbeeld"
    );

    private static readonly (int Number, string Name, int? Parent)[] Units =
    [
        (1, "Dienstverlening", null),
        (2, "Werkcoaches", 1),
        (3, "Werkgevers", 1),
        (4, "Gegevens en modellen", null),
        (5, "Modelbeheer", 4),
    ];

    private static readonly (string Name, string Short, string Host)[] Partners =
    [
        ("Landelijke Inkomensdienst", "LID", "lid.voorbeeld"),
        ("Registratiebureau Personen", "RBP", "rbp.voorbeeld"),
        ("Gemeente Zilverdam", "Zilverdam", "zilverdam.voorbeeld"),
        ("Zorgpremiekantoor", "ZPK", "zpk.voorbeeld"),
        ("Studiefonds Nederland", "SFN", "sfn.voorbeeld"),
        ("Rijksincassodienst", "RID", "rid.voorbeeld"),
        ("Stichting De Brug", "De Brug", "debrug.voorbeeld"),
    ];

    public static Guid? UnitOf(DemoOrganisation.Person person) =>
        person == DemoOrganisation.Manager ? UnitId(1)
        : person == DemoOrganisation.CoachLead ? UnitId(2)
        : person == DemoOrganisation.DataScientist ? UnitId(5)
        : null;

    public static void AddOther(DialogueDb db) => db.Add(new OrganisationRow { Id = OtherId, Name = OtherName });

    public static void AddUnits(DialogueDb db)
    {
        foreach (var (number, name, parent) in Units)
            db.Add(
                new UnitRow
                {
                    Id = UnitId(number),
                    OrganisationId = DemoOrganisation.OrganisationId,
                    ParentId = parent is { } above ? UnitId(above) : null,
                    Name = name,
                }
            );
    }

    public static void AddFunctionsAndPartners(DialogueDb db)
    {
        Hold(1, NamedFunction.Sponsor, DemoOrganisation.Manager);
        Hold(2, NamedFunction.EthicsCoordinator, DemoOrganisation.Coordinator);
        Hold(3, NamedFunction.ChainCoordinator, DemoOrganisation.SecondFacilitator);
        Mailbox(4, NamedFunction.PortfolioHolder, "Portefeuillehouder dienstverlening", "portefeuille@dwb.voorbeeld");
        Mailbox(5, NamedFunction.BoardMember, "Bestuurssecretariaat", "bestuur@dwb.voorbeeld");

        for (var number = 1; number <= Partners.Length; number++)
        {
            var (name, known, host) = Partners[number - 1];
            db.Add(
                new PartnerRow
                {
                    Id = Numbered(4, number),
                    OrganisationId = DemoOrganisation.OrganisationId,
                    Name = name,
                    ShortName = known,
                }
            );
            db.Add(
                new PartnerContactRow
                {
                    Id = Numbered(5, number),
                    PartnerId = Numbered(4, number),
                    Name = "Ketencoördinator " + known,
                    Task = "Ketencoördinator",
                    Email = "keten@" + host,
                }
            );
        }

        void Hold(int number, NamedFunction function, DemoOrganisation.Person person) =>
            Add(number, function, row => row.AccountId = person.Id);

        void Mailbox(int number, NamedFunction function, string name, string email) =>
            Add(number, function, row => (row.MailboxName, row.MailboxEmail) = (name, email));

        void Add(int number, NamedFunction function, Action<FunctionRow> fill)
        {
            var row = new FunctionRow
            {
                Id = Numbered(3, number),
                OrganisationId = DemoOrganisation.OrganisationId,
                ScopeId = DemoOrganisation.OrganisationId,
                Function = function,
            };
            fill(row);
            db.Add(row);
        }
    }

    private static Guid UnitId(int number) => Numbered(2, number);

    private static Guid Numbered(int kind, int number) => Guid.Parse($"0d1a1090-0000-7000-8000-00000000{kind:D2}{number:D2}");
}
