// A stage is a console, a database and often a company and browsers: two at once would only make each other slow.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
