"""What is asked of this instance: names resolved, locks united, borders as wished?"""
